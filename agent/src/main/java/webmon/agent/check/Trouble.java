package webmon.agent.check;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What is known of an exchange that failed.
 *
 * @param phase how far it had come
 * @param peer the connected address with its port; host and port where there was none
 * @param attempts connections that were not made; a host may have several addresses
 * @param elapsed in that phase
 * @param timeout of the whole check
 * @param bodyBytes that had come
 */
record Trouble(
    IOException error,
    Phase phase,
    String host,
    String peer,
    List<Attempt> attempts,
    Duration elapsed,
    Duration timeout,
    long bodyBytes,
    Instant now) {}
