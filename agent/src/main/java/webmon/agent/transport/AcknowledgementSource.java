package webmon.agent.transport;

import java.time.Duration;

/** Where the server's word on an agent's stream is to be had at any time. */
@FunctionalInterface
public interface AcknowledgementSource {

  /**
   * Asks within a bound of time.
   *
   * @return {@link Sent.Acknowledged}, of which nothing is verified, or {@link Sent.Failed}
   */
  Sent ask(String stream, Duration atMost);
}
