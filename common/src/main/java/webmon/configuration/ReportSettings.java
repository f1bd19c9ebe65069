package webmon.configuration;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code [report]}: where an agent's reports go. What a transport needs is there: {@code
 * SQS} has a queue URL, {@code HTTPS} a server URL, and whoever has a server URL has an API key.
 *
 * @param transports tried in this order; never empty
 * @param serverUrl without a trailing slash; null: mode queue-acknowledged
 * @param deployment the server's id, 32 lower-case hex digits
 * @param serverKeys each the JSON text of a public JWK as it was given, not looked into
 * @param resendAfter how long an unacknowledged report waits to be sent again
 */
public record ReportSettings(
    List<TransportKind> transports,
    @Nullable URI queueUrl,
    @Nullable URI serverUrl,
    @Nullable Secret apiKey,
    String deployment,
    List<String> serverKeys,
    Duration flushInterval,
    Duration resendAfter) {

  public ReportSettings {
    transports = List.copyOf(transports);
    serverKeys = List.copyOf(serverKeys);
  }

  /** Only the queue's acceptance ends a report, since no server is there to be asked. */
  public boolean queueAcknowledged() {
    return serverUrl == null;
  }
}
