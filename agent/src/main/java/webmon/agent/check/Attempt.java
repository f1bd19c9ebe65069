package webmon.agent.check;

import java.io.IOException;
import java.time.Duration;

/**
 * A connection to one address that was not made.
 *
 * @param address with its port
 * @param phase connect or TLS
 * @param elapsed in that phase
 */
record Attempt(String address, Phase phase, IOException error, Duration elapsed) {}
