package webmon.server.dashboard;

import io.dropwizard.servlets.assets.AssetServlet;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Scripts, styles and pictures, with ETags. */
public final class Assets extends AssetServlet {
  private static final long serialVersionUID = 1L;
  private static final String FOLDER = "/webmon/server/dashboard/assets";

  public Assets() {
    super(FOLDER, "/assets", null, StandardCharsets.UTF_8);
  }

  /** Null where there is none, upon which the error is one as all others; ours has no body. */
  @Override
  protected @Nullable URL getResourceURL(String absolutePath) {
    URL found = Assets.class.getResource("/" + absolutePath);
    return found == null || absolutePath.contains("..") ? null : found;
  }
}
