package webmon.server.agents;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import webmon.server.store.Rows;

/**
 * A registered agent.
 *
 * @param mode {@code server-acknowledged}, or {@code queue-acknowledged} for one that never asked
 *     for an acknowledgement: what it sent and the queue lost is lost
 * @param mayReport patterns of monitor ids
 * @param lastSeenAt when its newest report was received
 * @param clockOffsetUs the server's clock minus the agent's, as the agent measured it
 * @param stream the newest stream; {@code contiguous} and {@code highest} are of that one
 * @param contiguous all sequences up to this one are received, refused or declared lost
 * @param highest the greatest sequence that is any of these
 * @param missing sequences below the highest that are none of these, over all streams; so are all
 *     that follow
 * @param forks copies of a data_dir that reported beside it
 * @param forkedAt when two different reports for one range were last seen
 */
public record Member(
    String id,
    String region,
    String mode,
    List<String> mayReport,
    @Nullable String version,
    Instant createdAt,
    @Nullable Instant lastSeenAt,
    @Nullable Long clockOffsetUs,
    @Nullable String stream,
    long contiguous,
    long highest,
    long missing,
    long lost,
    long refused,
    long gaps,
    long forks,
    long chainBreaks,
    @Nullable Instant forkedAt,
    long reports,
    long results) {
  public Member {
    mayReport = List.copyOf(mayReport);
  }

  static Member of(ResultSet row) throws SQLException {
    return new Member(
        row.getString("name"),
        row.getString("region"),
        Rows.instant(row, "acknowledged_at") == null ? "queue-acknowledged" : "server-acknowledged",
        Arrays.asList((String[]) row.getArray("may_report").getArray()),
        row.getString("version"),
        Objects.requireNonNull(Rows.instant(row, "created_at")),
        Rows.instant(row, "last_seen_at"),
        Rows.int8(row, "clock_offset_us"),
        row.getString("stream"),
        row.getLong("contiguous"),
        row.getLong("highest"),
        row.getLong("missing"),
        row.getLong("lost"),
        row.getLong("refused"),
        row.getLong("gaps"),
        row.getLong("forks"),
        row.getLong("chain_breaks"),
        Rows.instant(row, "forked_at"),
        row.getLong("reports"),
        row.getLong("results"));
  }
}
