package webmon.server.access;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who the caller is taken for. */
@Path("/api/v1/session")
@Produces(MediaType.APPLICATION_JSON)
public final class SessionResource {

  /** The caller's own credentials: their subject and what they are good for. */
  public record Shown(String subject, List<String> scopes, @Nullable String agent) {}

  @GET
  @Needs({Scope.READ, Scope.INGEST})
  public Shown session(@Context SecurityContext security) {
    Caller caller = AccessFilter.caller(security);
    return new Shown(
        caller.subject(),
        caller.scopes().stream().sorted().map(Scope::word).toList(),
        caller.agent());
  }
}
