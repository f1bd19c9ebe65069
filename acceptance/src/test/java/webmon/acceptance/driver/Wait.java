package webmon.acceptance.driver;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Waiting with a bound, and a sentence for when it is reached. */
public final class Wait {
  private Wait() {}

  /** Waits until it is so; otherwise fails and says what was waited for. */
  public static void until(Duration limit, Callable<Boolean> condition, Supplier<String> what) {
    try {
      Awaitility.await().atMost(limit).pollInterval(Duration.ofMillis(50)).until(condition);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("not within " + limit + ": " + what.get(), e);
    }
  }
}
