package webmon.server.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/**
 * Lets nobody change anything: the admin connector asks for no credentials, and any web page in an
 * operator's browser can send it a POST (Dropwizard's tasks would obey).
 */
public final class ReadOnly implements Filter {
  private static final Set<String> READING = Set.of("GET", "HEAD");

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request instanceof HttpServletRequest http
        && response instanceof HttpServletResponse answer
        && !READING.contains(http.getMethod())) {
      answer.setHeader("Allow", "GET, HEAD");
      answer.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
      return;
    }
    chain.doFilter(request, response);
  }
}
