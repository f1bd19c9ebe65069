package webmon.agent.resultlog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import webmon.monitor.MonitorDefinition;
import webmon.result.LogLine;
import webmon.result.Origin;

/** What is to become a line of the result log: everything but its number. */
public sealed interface Draft permits CheckDraft, HelloDraft {

  /** When it was, in whole microseconds. */
  Instant at();

  /** Of whom it speaks; null if not of one monitor. */
  @Nullable MonitorDefinition definition();

  /**
   * The line.
   *
   * @param at instead of {@link #at}, where time went back
   */
  LogLine numbered(Origin origin, long sequence, Instant at, boolean clockStepped);

  /** The same without what may be left out, for when it does not fit on a line. */
  Draft shortened();
}
