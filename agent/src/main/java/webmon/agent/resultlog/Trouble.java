package webmon.agent.resultlog;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Something that can go wrong again and again: told the first time, counted while it lasts, told
 * when it is over. Safe for several threads.
 */
public final class Trouble {
  private final Logger log;
  private final String what;
  private long times;

  /**
   * A trouble that has not occurred.
   *
   * @param what begins every message, for instance {@code The result log cannot be written}
   */
  public Trouble(Logger log, String what) {
    this.log = log;
    this.what = what;
  }

  public synchronized void occurred(String how, @Nullable Throwable cause) {
    times++;
    if (times == 1) {
      log.warn("{}: {}", what, how, cause);
    } else {
      log.debug("{}, for the {}th time: {}", what, times, how, cause);
    }
  }

  public synchronized void over() {
    if (times > 0) {
      log.info("{}: over after {} times", what, times);
      times = 0;
    }
  }
}
