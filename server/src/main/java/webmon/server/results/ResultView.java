package webmon.server.results;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A result as the API shows it.
 *
 * @param monitor the monitor's id
 * @param at what orders results: the start, or the due time of one that was missed
 * @param startedAt null where the check was missed: it never started
 * @param count how many missed checks this stands for; 1 of all others
 * @param row where it stands, for cursors
 */
public record ResultView(
    String monitor,
    String agent,
    String stream,
    long sequence,
    String region,
    Instant at,
    Instant dueAt,
    @Nullable Instant startedAt,
    long durationUs,
    String status,
    @Nullable FailureView failure,
    @Nullable Integer httpStatus,
    @Nullable Boolean contentMatched,
    PhasesView phasesUs,
    @Nullable String address,
    List<HopView> hops,
    @Nullable String excerpt,
    @Nullable Instant certificateExpiresAt,
    int count,
    boolean clockStepped,
    @JsonIgnore Row row) {

  /** Why it was not up. */
  public record FailureView(String kind, String message) {}

  /** Microseconds; null where a part did not take place. */
  public record PhasesView(
      @Nullable Long dns,
      @Nullable Long connect,
      @Nullable Long tls,
      @JsonProperty("wait") @Nullable Long waiting,
      @Nullable Long transfer) {}

  /** A redirect that was followed. */
  public record HopView(String url, int httpStatus) {}

  /** The numbers that lead to it in the database. */
  public record Row(int monitorId, int streamId) {}

  public ResultView {
    hops = List.copyOf(hops);
  }
}
