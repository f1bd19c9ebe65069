package webmon.server.health;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import webmon.server.access.Open;
import webmon.server.http.ProblemDetail;
import webmon.server.http.ProblemException;

/**
 * For load balancers and orchestrators: {@code /healthz} answers while the process does, {@code
 * /ready} only while requests can be served.
 */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class HealthResource {
  private final Readiness readiness;

  public HealthResource(Readiness readiness) {
    this.readiness = readiness;
  }

  /** That all is well. */
  public record Well(String status) {}

  @GET
  @Path("healthz")
  @Open
  public Well alive() {
    return new Well("alive");
  }

  @GET
  @Path("ready")
  @Open
  public Well ready() {
    Map<String, String> troubles = readiness.troubles();
    if (!troubles.isEmpty()) {
      throw new ProblemException(
          ProblemDetail.ofKind(
                  "not-ready",
                  503,
                  "Not ready",
                  "Not ready: " + String.join(", ", troubles.keySet()) + ".")
              .with("checks", troubles));
    }
    return new Well("ready");
  }
}
