package webmon.embedded.postgres;

import java.time.Duration;

/** How a start waits, before its second try for instance. */
interface Pause {
  void last(Duration duration) throws InterruptedException;
}
