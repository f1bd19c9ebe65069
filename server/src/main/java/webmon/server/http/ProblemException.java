package webmon.server.http;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

/** Ends a request with a problem. Thrown by resources and filters, and by nothing beneath them. */
public final class ProblemException extends WebApplicationException {
  private static final long serialVersionUID = 1L;

  public ProblemException(ProblemDetail problem) {
    this(problem, Response.status(problem.status()));
  }

  private ProblemException(ProblemDetail problem, Response.ResponseBuilder response) {
    super(problem.detail(), response.type(ProblemDetail.MEDIA_TYPE).entity(problem).build());
  }

  /** A problem of which the status says what kind it is. */
  public static ProblemException ofStatus(int status, String detail) {
    return new ProblemException(ProblemDetail.ofStatus(status, detail));
  }

  /** 400, naming the query parameter and what it allows. */
  public static ProblemException badParameter(String parameter, String detail) {
    return new ProblemException(
        ProblemDetail.ofKind("bad-parameter", 400, "Bad parameter", detail)
            .with("parameter", parameter));
  }

  /** 404, for instance "There is no monitor 'x'.". */
  public static ProblemException missing(String detail) {
    return ofStatus(404, detail);
  }

  /** 401, with the challenge that RFC 9110 asks for. */
  public static ProblemException unauthenticated(String detail) {
    return new ProblemException(
        ProblemDetail.ofStatus(401, detail),
        Response.status(401).header("WWW-Authenticate", "Bearer realm=\"webmon\""));
  }

  /** 503: the caller is right, and may come again after that many seconds. */
  public static ProblemException unavailable(String detail, int retryAfterSeconds) {
    return new ProblemException(
        ProblemDetail.ofStatus(503, detail),
        Response.status(503).header("Retry-After", retryAfterSeconds));
  }
}
