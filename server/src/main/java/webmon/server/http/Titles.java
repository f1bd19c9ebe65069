package webmon.server.http;

import org.eclipse.jetty.http.HttpStatus;

/** Short titles and plain sentences for HTTP statuses. */
final class Titles {
  private Titles() {}

  static String of(int status) {
    return HttpStatus.getMessage(status);
  }

  /** What can be said when nothing is known but the status. */
  static String sentence(int status) {
    return switch (status) {
      case 400 -> "The request cannot be understood.";
      case 401 ->
          "Credentials are needed: an API key as 'Authorization: Bearer wm_…' or 'X-API-Key'.";
      case 403 -> "These credentials do not allow this.";
      case 404 -> "There is nothing at this address.";
      case 405 -> "This address does not know that method.";
      case 406 -> "The answer cannot be given in any of the accepted media types.";
      case 408 -> "The request did not arrive in time.";
      case 413 -> "The request's body is too large.";
      case 414 -> "The address is too long.";
      case 415 -> "The body's media type is not one that this address takes.";
      case 431 -> "The request's header fields are too large.";
      case 503 -> "The server cannot do this right now; try again later.";
      default ->
          status < 500
              ? "The request cannot be answered."
              : "The server failed; its log says more.";
    };
  }
}
