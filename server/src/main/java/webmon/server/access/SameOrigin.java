package webmon.server.access;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import webmon.server.http.ProblemException;

/**
 * Whether one of our own pages asked, as browsers say it themselves: what a cookie authorises must
 * not be set off by another site.
 */
final class SameOrigin {
  private SameOrigin() {}

  /** Ends the request with 403 if a browser says, or cannot deny, that another site asked. */
  static void require(ContainerRequestContext request) {
    if (!holds(
        request.getHeaderString("Sec-Fetch-Site"),
        request.getHeaderString("Origin"),
        request.getHeaderString(HttpHeaders.HOST))) {
      throw ProblemException.ofStatus(
          403, "This has to come from a page of this server; open it and try again there.");
    }
  }

  static boolean holds(@Nullable String fetchSite, @Nullable String origin, @Nullable String host) {
    if (fetchSite != null && !fetchSite.equals("same-origin") && !fetchSite.equals("none")) {
      return false;
    }
    if (origin == null) {
      return fetchSite != null;
    }
    try {
      // Scheme and default port are lost behind a proxy that ends TLS, so only the authority
      // counts.
      String authority = new URI(origin).getAuthority();
      return authority != null
          && host != null
          && authority.toLowerCase(Locale.ROOT).equals(host.toLowerCase(Locale.ROOT));
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
