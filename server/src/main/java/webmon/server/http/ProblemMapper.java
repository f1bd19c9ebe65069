package webmon.server.http;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.io.EOFException;
import java.sql.SQLException;
import java.util.UUID;
import org.jdbi.v3.core.ConnectionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a problem of everything that ends a request, Jersey's own 404, 405, 406 and 415 included. A
 * fault of ours is logged under a number that the caller is told.
 */
public final class ProblemMapper implements ExceptionMapper<Throwable> {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemMapper.class);
  private static final int RETRY_AFTER_S = 5;

  @Override
  public Response toResponse(Throwable thrown) {
    if (thrown instanceof ProblemException problem) {
      return problem.getResponse();
    }
    if (thrown instanceof WebApplicationException web) {
      return ofStatus(web.getResponse());
    }
    if (databaseIsAway(thrown)) {
      LOG.debug("Answered 503, since the database is away", thrown);
      return ProblemException.unavailable(
              "The database cannot be reached right now; try again later.", RETRY_AFTER_S)
          .getResponse();
    }
    if (callerHasGone(thrown)) {
      LOG.debug("The caller has gone", thrown);
      return problem(
          Response.status(400), ProblemDetail.ofStatus(400, "The request ended too early."));
    }
    String incident = UUID.randomUUID().toString();
    LOG.error("A request failed by a fault of ours, told to its caller as {}", incident, thrown);
    return problem(
        Response.status(500),
        ProblemDetail.ofStatus(500, "The server failed; its log says more under this incident.")
            .with("incident", incident));
  }

  private static Response ofStatus(Response former) {
    int status = former.getStatus();
    Response.ResponseBuilder response = Response.status(status);
    String allow = former.getHeaderString(HttpHeaders.ALLOW);
    ProblemDetail detail = ProblemDetail.ofStatus(status, Titles.sentence(status));
    if (allow != null) {
      response.header(HttpHeaders.ALLOW, allow);
      detail =
          ProblemDetail.ofStatus(
              status, "This address does not know that method; it has " + allow + ".");
    }
    return problem(response, detail);
  }

  private static Response problem(Response.ResponseBuilder response, ProblemDetail detail) {
    return response.type(ProblemDetail.MEDIA_TYPE).entity(detail).build();
  }

  /** No connection to be had, or SQLSTATE 08 (connection), 53 (resources), 57P (shutting down). */
  private static boolean databaseIsAway(Throwable thrown) {
    for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectionException) {
        return true;
      }
      if (cause instanceof SQLException sql) {
        String state = sql.getSQLState();
        return state != null
            && (state.startsWith("08") || state.startsWith("53") || state.startsWith("57P"));
      }
    }
    return false;
  }

  private static boolean callerHasGone(Throwable thrown) {
    return thrown instanceof EOFException
        || thrown instanceof org.eclipse.jetty.io.EofException
        || thrown.getCause() instanceof java.util.concurrent.TimeoutException;
  }
}
