package webmon.server.agents;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import webmon.report.Acknowledgement.Range;
import webmon.report.Acknowledgement.RefusedRange;
import webmon.server.store.Columns;

/** Sequences of authentic reports that will never be stored, and why. */
public final class Refusals {
  /** An acknowledgement names no more: the newest. */
  private static final int MOST_NAMED = 1_000;

  private Refusals() {}

  /**
   * Some sequences of one report.
   *
   * @param detail one sentence, at most 500 characters
   */
  public record Refused(
      int streamId, long reportId, Range range, String reason, String detail, Instant at) {}

  public static void add(Handle handle, Collection<Refused> refused) {
    if (refused.isEmpty()) {
      return;
    }
    Columns.of(refused)
        .int4("stream", Refused::streamId)
        .int8("report", Refused::reportId)
        .int8("first", row -> row.range().first())
        .int8("last", row -> row.range().last())
        .text("reason", Refused::reason)
        .text("detail", Refused::detail)
        .time("at", Refused::at)
        .bindTo(() ->
            handle.createUpdate(
                """
                insert into refused_range
                  (stream_id, report_id, first, last, reason, detail, refused_at)
                select * from unnest(:stream, :report, :first, :last, :reason, :detail, :at)
                """))
        .execute();
  }

  /** The newest refusals of a stream row, ascending. */
  static List<RefusedRange> of(Handle handle, int streamId) {
    return handle
        .createQuery(
            """
            select first, last, reason from refused_range where stream_id = :stream
            order by first desc limit :most
            """)
        .bind("stream", streamId)
        .bind("most", MOST_NAMED)
        .map((row, context) ->
            new RefusedRange(new Range(row.getLong(1), row.getLong(2)), row.getString(3)))
        .list()
        .reversed();
  }
}
