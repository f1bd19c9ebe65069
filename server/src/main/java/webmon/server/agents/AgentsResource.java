package webmon.server.agents;

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

/** The registered agents: mode, how far each has come, what is missing. */
@Path("/api/v1/agents")
@Produces(MediaType.APPLICATION_JSON)
public final class AgentsResource {
  private final Fleet fleet;

  public AgentsResource(Fleet fleet) {
    this.fleet = fleet;
  }

  @GET
  @Needs(Scope.READ)
  public Page<Member> list(@Context UriInfo uri) {
    Query query = Query.of(uri, "limit", "next");
    int limit = query.limit();
    List<Member> members = fleet.list(query.cursor(), limit + 1);
    return Page.of(members, limit, Member::id);
  }

  @GET
  @Path("{id}")
  @Needs(Scope.READ)
  public MemberWithStreams one(@PathParam("id") String id, @Context UriInfo uri) {
    Query.of(uri);
    return fleet
        .find(id)
        .orElseThrow(() -> ProblemException.missing("There is no agent '%s'.".formatted(id)));
  }
}
