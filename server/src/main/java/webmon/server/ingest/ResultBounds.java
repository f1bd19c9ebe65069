package webmon.server.ingest;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import webmon.result.CheckResult;
import webmon.result.Hop;
import webmon.result.Observation;
import webmon.server.store.UnstorableException;

/** How long the texts of a result may be; generous, since agents cut them long before. */
final class ResultBounds {
  private static final int MOST_URL = 8_192;
  private static final int MOST_NAME = 500;
  private static final int MOST_TYPE = 32;
  private static final int MOST_MESSAGE = 2_000;
  private static final int MOST_ADDRESS = 64;

  private ResultBounds() {}

  static void check(CheckResult result) throws UnstorableException {
    Observation seen = result.observation();
    bound("monitor.name", result.monitor().name(), MOST_NAME);
    bound("monitor.type", result.monitor().type(), MOST_TYPE);
    bound("url.full", result.url(), MOST_URL);
    bound("error.message", seen.failure() == null ? null : seen.failure().message(), MOST_MESSAGE);
    bound("resolve.ip", seen.address(), MOST_ADDRESS);
    for (Hop hop : seen.hops()) {
      bound("a hop's URL", hop.url(), MOST_URL);
    }
    String excerpt = seen.excerpt();
    if (excerpt != null
        && excerpt.getBytes(StandardCharsets.UTF_8).length > Observation.MOST_EXCERPT_BYTES) {
      throw new UnstorableException("The excerpt is too long.");
    }
  }

  private static void bound(String name, @Nullable String text, int most)
      throws UnstorableException {
    if (text != null && text.length() > most) {
      throw new UnstorableException(name + " has " + text.length() + " characters.");
    }
  }
}
