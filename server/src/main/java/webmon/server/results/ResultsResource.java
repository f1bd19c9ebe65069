package webmon.server.results;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import webmon.result.MicrosecondTime;
import webmon.result.Status;
import webmon.server.access.Needs;
import webmon.server.access.Scope;
import webmon.server.http.Page;
import webmon.server.http.ProblemException;
import webmon.server.http.Query;

/** The results of one monitor, newest first; the last day's unless told otherwise. */
@Path("/api/v1/monitors/{id}/results")
@Produces(MediaType.APPLICATION_JSON)
public final class ResultsResource {
  private static final Duration USUAL_SPAN = Duration.ofHours(24);
  // As far ahead as a result's clock may be (docs/verdict.md).
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(15);
  private static final List<String> STATUSES =
      Arrays.stream(Status.values()).map(Status::code).toList();

  private final Results results;
  private final Function<String, Optional<Integer>> monitors;
  private final InstantSource clock;

  /**
   * @param monitors the number of a monitor in the database by its id
   */
  public ResultsResource(
      Results results, Function<String, Optional<Integer>> monitors, InstantSource clock) {
    this.results = results;
    this.monitors = monitors;
    this.clock = clock;
  }

  @GET
  @Needs(Scope.READ)
  public Page<ResultView> list(@PathParam("id") String id, @Context UriInfo uri) {
    Query query = Query.of(uri, "from", "to", "region", "status", "limit", "next");
    Instant now = clock.instant();
    Instant to = query.time("to", now);
    Instant end = to == null ? now.plus(CLOCK_TOLERANCE) : to;
    Instant from = query.time("from", now);
    Instant begin = from == null ? (to == null ? now : to).minus(USUAL_SPAN) : from;
    if (!begin.isBefore(end)) {
      throw ProblemException.badParameter(
          "from", "The parameter 'from' has to be earlier than 'to'; nothing is between them.");
    }
    String status = query.oneOf("status", STATUSES);
    int limit = query.limit();
    int monitorId =
        monitors
            .apply(id)
            .orElseThrow(() -> ProblemException.missing("There is no monitor '%s'.".formatted(id)));
    List<ResultView> found =
        results.list(
            new Results.Wanted(
                monitorId,
                begin,
                end,
                query.text("region"),
                status == null ? null : Status.ofCode(status).orElseThrow(),
                position(query.cursor()),
                limit + 1));
    return Page.of(
        found, limit, last -> MicrosecondTime.format(last.at()) + " " + last.row().streamId());
  }

  private static Results.@Nullable Position position(@Nullable String cursor) {
    if (cursor == null) {
      return null;
    }
    String[] parts = cursor.split(" ", -1);
    try {
      if (parts.length == 2) {
        return new Results.Position(MicrosecondTime.parse(parts[0]), Integer.parseInt(parts[1]));
      }
    } catch (IllegalArgumentException e) {
      throw Query.badCursor();
    }
    throw Query.badCursor();
  }
}
