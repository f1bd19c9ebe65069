package webmon.server.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/**
 * What every answer says to browsers: run nothing but our own files, be framed by nobody, guess no
 * types, tell no other site where somebody came from. Scripts and styles within a page never run,
 * so that a monitor's name cannot become one.
 */
public final class SecurityHeaders implements Filter {
  // The referrer stays within this site: with no-referrer browsers send "Origin: null" on forms.
  static final Map<String, String> FIELDS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
              + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "X-Frame-Options",
          "DENY",
          "Referrer-Policy",
          "same-origin",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin");

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (response instanceof HttpServletResponse http) {
      FIELDS.forEach(http::setHeader);
      // Scripts and styles are asked for again each time, and answered by their ETag; all else is
      // of the moment, and of whoever asked.
      boolean asset =
          request instanceof HttpServletRequest asked
              && asked.getRequestURI().startsWith("/assets/");
      http.setHeader("Cache-Control", asset ? "no-cache" : "no-store");
    }
    chain.doFilter(request, response);
  }
}
