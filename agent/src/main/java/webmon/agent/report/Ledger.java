package webmon.agent.report;

import java.util.concurrent.atomic.AtomicLong;

/** What became of lines since the start. */
final class Ledger {
  private final AtomicLong carried = new AtomicLong();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();

  /** So many were waiting when this process started. */
  void startedWith(long lines) {
    carried.set(lines);
  }

  /** They wait again, or were found to be waiting. */
  void carried(long lines) {
    carried.addAndGet(lines);
  }

  void acknowledged(long lines) {
    acknowledged.addAndGet(lines);
  }

  void refused(long lines) {
    refused.addAndGet(lines);
  }

  /** It was declared that nobody will ever see them. */
  void lost(long lines) {
    lost.addAndGet(lines);
  }

  long carried() {
    return carried.get();
  }

  long acknowledged() {
    return acknowledged.get();
  }

  long refused() {
    return refused.get();
  }

  long lost() {
    return lost.get();
  }
}
