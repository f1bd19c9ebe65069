package webmon.server.monitors;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import webmon.server.access.Needs;
import webmon.server.access.Scope;
import webmon.server.http.Page;
import webmon.server.http.ProblemException;
import webmon.server.http.Query;

/** What is watched, with the newest result from each region. */
@Path("/api/v1/monitors")
@Produces(MediaType.APPLICATION_JSON)
public final class MonitorsResource {
  private final Monitors monitors;

  public MonitorsResource(Monitors monitors) {
    this.monitors = monitors;
  }

  @GET
  @Needs(Scope.READ)
  public Page<MonitorView> list(@Context UriInfo uri) {
    Query query = Query.of(uri, "limit", "next");
    int limit = query.limit();
    List<MonitorView> found = monitors.list(query.cursor(), limit + 1);
    return Page.of(found, limit, MonitorView::id);
  }

  @GET
  @Path("{id}")
  @Needs(Scope.READ)
  public MonitorWithDefinition one(@PathParam("id") String id, @Context UriInfo uri) {
    Query.of(uri);
    return monitors
        .find(id)
        .orElseThrow(() -> ProblemException.missing("There is no monitor '%s'.".formatted(id)));
  }
}
