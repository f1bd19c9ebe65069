package webmon.server.agents;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import webmon.report.Acknowledgement.Range;
import webmon.report.ReportHeader;

/**
 * The accounting of one stream row while a transaction holds its lock. Not safe for several
 * threads; {@link Streams#save} writes what was changed.
 */
public final class OpenStream {
  private final int id;
  private final int forkNo;
  private final Instant firstSeen;
  private final boolean revoked;
  private SequenceRanges received;
  private SequenceRanges lost;
  private SequenceRanges refused;
  private int reports;
  private int results;
  private int gaps;
  private int chainBreaks;
  private @Nullable Range fork;
  private @Nullable String boot;
  private @Nullable Instant seen;
  private ReportHeader.@Nullable Continuation continues;

  OpenStream(
      int id,
      int forkNo,
      Instant firstSeen,
      boolean revoked,
      SequenceRanges received,
      SequenceRanges lost,
      SequenceRanges refused) {
    this.id = id;
    this.forkNo = forkNo;
    this.firstSeen = firstSeen;
    this.revoked = revoked;
    this.received = received;
    this.lost = lost;
    this.refused = refused;
  }

  public int id() {
    return id;
  }

  public int forkNo() {
    return forkNo;
  }

  /** When the server first heard of it. */
  public Instant firstSeen() {
    return firstSeen;
  }

  /** Whether it is a fork only of what was signed with keys that no longer may. */
  public boolean isRevoked() {
    return revoked;
  }

  /** Whether a report that has one of these sequences was taken in already. */
  public boolean holds(long first, long last) {
    return received.overlaps(first, last) || refused.overlaps(first, last);
  }

  /** Sequences that are stored, or refused; what was declared lost before has come after all. */
  public void take(SequenceRanges stored, SequenceRanges notStored, int newResults) {
    received = received.plus(stored);
    refused = refused.plus(notStored);
    lost = lost.minus(stored).minus(notStored);
    results += newResults;
  }

  /** What an agent had to drop and had not reported before. */
  public void lose(long first, long last) {
    lost = lost.plus(SequenceRanges.of(first, last).minus(received).minus(refused));
    gaps++;
  }

  public void note(ReportHeader header, Instant receivedAt) {
    reports++;
    boot = header.boot();
    seen = receivedAt;
    if (header.continues() != null) {
      continues = header.continues();
    }
  }

  /** Whether a report was added that is not written yet. */
  public boolean isChanged() {
    return reports > 0;
  }

  public void breakChain(int times) {
    chainBreaks += times;
  }

  /** Of the row with fork number 0: a different report for a range that is held. */
  public void fork(long first, long last) {
    fork = new Range(first, last);
  }

  SequenceRanges received() {
    return received;
  }

  SequenceRanges lost() {
    return lost;
  }

  SequenceRanges refused() {
    return refused;
  }

  int reports() {
    return reports;
  }

  int results() {
    return results;
  }

  int gaps() {
    return gaps;
  }

  int chainBreaks() {
    return chainBreaks;
  }

  @Nullable Range fork() {
    return fork;
  }

  @Nullable String boot() {
    return boot;
  }

  @Nullable Instant seen() {
    return seen;
  }

  ReportHeader.@Nullable Continuation continues() {
    return continues;
  }
}
