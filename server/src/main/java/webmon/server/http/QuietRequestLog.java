package webmon.server.http;

import io.dropwizard.request.logging.RequestLogFactory;
import org.eclipse.jetty.server.RequestLog;

/** No line per request: agents and dashboards ask every few seconds, and the metrics count them. */
public final class QuietRequestLog implements RequestLogFactory<RequestLog> {
  @Override
  public boolean isEnabled() {
    return false;
  }

  @Override
  public RequestLog build(String name) {
    return (request, response) -> {};
  }
}
