package webmon.agent.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import webmon.result.Phases;

/**
 * One request of a check and what came of it, as far as it came; secrets are masked.
 *
 * @param protocol for instance {@code HTTP/1.1}
 * @param tls version and cipher suite
 * @param address with its port
 * @param reason the words of the status line; empty in HTTP/2, which has none
 */
public record Exchange(
    String url,
    @Nullable String protocol,
    @Nullable String tls,
    @Nullable String address,
    @Nullable Integer httpStatus,
    String reason,
    Phases phases,
    List<Header> requestHeaders,
    List<Header> responseHeaders) {

  public Exchange {
    requestHeaders = List.copyOf(requestHeaders);
    responseHeaders = List.copyOf(responseHeaders);
  }

  /** One line of a request's or a response's head. */
  public record Header(String name, String value) {}
}
