package webmon.agent.report;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import webmon.agent.transport.AcknowledgementSource;
import webmon.agent.transport.Transport;

/**
 * How reports go out and how the server's word comes back. They belong to whoever made them.
 *
 * @param transports tried in this order; not empty
 * @param direct a way on which the server answers to the very report that it was given; null where
 *     no server can be reached
 * @param server null: the queue's acceptance ends a report
 * @param askEvery how often the server is asked while reports are outstanding
 */
public record Routes(
    List<Transport> transports,
    @Nullable Transport direct,
    @Nullable AcknowledgementSource server,
    Duration askEvery) {

  /** How often the server is asked if nothing is said. */
  public static final Duration ASK_EVERY = Duration.ofSeconds(10);

  public Routes {
    transports = List.copyOf(transports);
    if (transports.isEmpty()) {
      throw new IllegalArgumentException("no transport");
    }
  }
}
