package webmon.agent.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an agent says of itself.
 *
 * @param mode how a report ends
 * @param stream the current one
 * @param tail the last sequence that was given
 * @param sealed the last sequence that is in a signed report
 * @param contiguous how far the server has everything of the current stream
 * @param lastAcknowledged when the server's word (or the queue's) last ended a report
 * @param outstanding reports in the outbox
 * @param oldestOutstanding since when the oldest of them is there
 * @param clockOffset the server's clock minus the agent's, null if never measured
 * @param diskBytes log, outbox and what is kept of acknowledged reports
 */
public record AgentStatus(
    String agent,
    Mode mode,
    String stream,
    long tail,
    long sealed,
    long contiguous,
    @Nullable Instant lastAcknowledged,
    int outstanding,
    @Nullable Instant oldestOutstanding,
    @Nullable Duration clockOffset,
    long diskBytes,
    Counts counts) {

  /** What ends a report. */
  public enum Mode {
    /** Nothing is reported. */
    LOG_ONLY,
    /** The server's signed acknowledgement. */
    ACKNOWLEDGED,
    /** The queue's acceptance: there is no server to be asked. */
    QUEUE_ACKNOWLEDGED;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** As people write it, for instance {@code queue-acknowledged}. */
    public String word() {
      return word;
    }

    static Mode ofWord(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }

  /**
   * Lines since the start. {@code carried + logged = acknowledged + pending + refused + lost}, and
   * {@code taken = logged results + waiting + dropped}.
   *
   * @param taken results that the schedule brought
   * @param waiting results that could not be logged yet
   * @param dropped results that could not be logged and were given up
   * @param carried pending at the start, or taken up again since
   * @param logged lines of any kind
   * @param pending logged and not ended yet
   * @param lost declared to the server as dropped
   */
  public record Counts(
      long taken,
      long waiting,
      long dropped,
      long carried,
      long logged,
      long acknowledged,
      long pending,
      long refused,
      long lost) {}
}
