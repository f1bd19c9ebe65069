package webmon.server.agents;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import webmon.server.store.Rows;

/**
 * The accounting of one stream. Ranges are pairs of first and last, ascending, at most so many as
 * lists give.
 *
 * @param forkNo 0, or which copy of the data_dir this row is of
 * @param continues the stream before this one and its last sequence, as the agent said; or null
 * @param lost declared by the agent as dropped
 */
public record StreamView(
    String stream,
    int forkNo,
    @Nullable Continues continues,
    long contiguous,
    long highest,
    List<List<Long>> received,
    List<List<Long>> missing,
    List<List<Long>> lost,
    List<List<Long>> refused,
    long gaps,
    long chainBreaks,
    long reports,
    long results,
    Instant firstSeenAt,
    Instant lastSeenAt) {
  private static final Pattern BETWEEN = Pattern.compile("(?<=\\)),");

  /** The end of the stream before. */
  public record Continues(String stream, long sequence) {}

  public StreamView {
    received = List.copyOf(received);
    missing = List.copyOf(missing);
    lost = List.copyOf(lost);
    refused = List.copyOf(refused);
  }

  static StreamView of(ResultSet row, int mostRanges) throws SQLException {
    String continues = row.getString("continues_stream");
    return new StreamView(
        row.getString("stream"),
        row.getInt("fork_no"),
        continues == null ? null : new Continues(continues, row.getLong("continues_sequence")),
        row.getLong("contiguous"),
        row.getLong("highest"),
        ranges(row.getString("received_text"), mostRanges),
        ranges(row.getString("missing_text"), mostRanges),
        ranges(row.getString("lost_text"), mostRanges),
        ranges(row.getString("refused_text"), mostRanges),
        row.getLong("gaps"),
        row.getLong("chain_breaks"),
        row.getLong("reports"),
        row.getLong("results"),
        Objects.requireNonNull(Rows.instant(row, "first_seen_at")),
        Objects.requireNonNull(Rows.instant(row, "last_seen_at")));
  }

  /** PostgreSQL's <code>{[1,6),[8,9)}</code> as <code>[[1,5],[8,8]]</code>. */
  static List<List<Long>> ranges(String multirange, int most) {
    String inner = multirange.substring(1, multirange.length() - 1);
    return inner.isEmpty()
        ? List.of()
        : BETWEEN
            .splitAsStream(inner)
            .limit(most)
            .map(range -> {
              int comma = range.indexOf(',');
              return List.of(
                  Long.parseLong(range.substring(1, comma)),
                  Long.parseLong(range.substring(comma + 1, range.length() - 1)) - 1);
            })
            .toList();
  }
}
