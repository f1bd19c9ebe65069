package webmon.server.dashboard;

import io.dropwizard.servlets.assets.AssetServlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Scripts, styles and pictures, with ETags. */
public final class Assets extends AssetServlet {
  private static final long serialVersionUID = 1L;
  private static final String FOLDER = "/webmon/server/dashboard/assets";

  public Assets() {
    super(FOLDER, "/assets", null, StandardCharsets.UTF_8);
  }

  /** An unknown file is answered as everything unknown is; the servlet alone sends no body. */
  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    super.doGet(request, response);
    if (response.getStatus() == HttpServletResponse.SC_NOT_FOUND && !response.isCommitted()) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
  }
}
