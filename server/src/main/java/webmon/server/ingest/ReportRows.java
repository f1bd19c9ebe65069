package webmon.server.ingest;

import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import webmon.report.ReportHeader;
import webmon.server.agents.OpenStream;
import webmon.server.store.Columns;

/** Rows of {@code report} and {@code report_evidence}. */
final class ReportRows {
  private ReportRows() {}

  /** A report and the row it goes into. */
  record Placed(Decoded report, OpenStream row) {
    ReportHeader header() {
      return report.opened().header();
    }

    int refusedCount() {
      return (int) Math.min(report.refusedSequences().count(), Integer.MAX_VALUE);
    }
  }

  /** Tells the placement which of these reports are held, and where. */
  static void findHeld(Handle handle, Set<Integer> rows, Set<String> hashes, Placement placement) {
    Columns.of(hashes)
        .hex("hash", hash -> hash)
        .bindTo(() ->
            Columns.of(rows)
                .int4("row", row -> row)
                .bindTo(() ->
                    handle.createQuery(
                        """
                        select encode(hash, 'hex'), stream_id from report
                        where stream_id = any(:row) and hash = any(:hash)
                        """)))
        .map((row, context) -> Map.entry(row.getString(1), row.getInt(2)))
        .forEach(entry -> placement.holds(entry.getKey(), entry.getValue()));
  }

  /** Inserts reports with their evidence; gives their numbers. */
  static Map<Placed, Long> insert(Handle handle, List<Placed> reports) {
    Map<String, Long> idByHash = new HashMap<>();
    Columns.of(reports)
        .int4("stream", placed -> placed.row().id())
        .int8("first", placed -> placed.header().first())
        .int8("last", placed -> placed.header().last())
        .hex("hash", placed -> placed.report().opened().hash())
        .text("kind", placed -> placed.header().kind().code())
        .text("kid", placed -> placed.report().opened().key().kid())
        .hex("previous", placed -> placed.header().previous())
        .hex("dropped", placed -> placed.header().dropped())
        .time("sealed", placed -> placed.header().sealedAt())
        .time("received", placed -> placed.report().receivedAt())
        .text("transport", placed -> placed.report().transport().code())
        .int4("stored", placed -> placed.report().results().size())
        .int4("refused", Placed::refusedCount)
        .bindTo(() ->
            handle.createQuery(
                """
                insert into report (stream_id, first, last, hash, kind, kid, previous, dropped,
                  sealed_at, received_at, transport, stored, refused)
                select * from unnest(:stream, :first, :last, :hash, :kind, :kid, :previous,
                  :dropped, :sealed, :received, :transport, :stored, :refused)
                returning encode(hash, 'hex'), report_id
                """))
        .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
        .forEach(entry -> idByHash.put(entry.getKey(), entry.getValue()));
    // By identity: the values are large, and none is there twice.
    Map<Placed, Long> ids = new IdentityHashMap<>();
    for (Placed placed : reports) {
      Long id = idByHash.get(placed.report().opened().hash());
      if (id == null) {
        throw new IllegalStateException("a report that was inserted is not there");
      }
      ids.put(placed, id);
    }
    Columns.of(ids.entrySet())
        .int8("report", Map.Entry::getValue)
        .time("received", entry -> entry.getKey().report().receivedAt())
        .text("jws", entry -> entry.getKey().report().opened().jws())
        .bindTo(() ->
            handle.createUpdate(
                """
                insert into report_evidence (report_id, received_at, jws)
                select * from unnest(:report, :received, :jws)
                """))
        .execute();
    return ids;
  }

  /**
   * How often, by stream row, a report that was inserted now does not name the one before it, or is
   * not named by the one after it, where both are there. What comes after a gap may name the gap or
   * the last report that was dropped in it.
   */
  static Map<Integer, Integer> chainBreaks(Handle handle, Collection<Long> inserted) {
    Map<Integer, Integer> breaks = new HashMap<>();
    Columns.of(inserted)
        .int8("id", id -> id)
        .bindTo(() ->
            handle.createQuery(
                """
                with pair as (
                  select later.report_id, earlier.report_id as earlier_id
                  from report later join report earlier
                    on earlier.stream_id = later.stream_id and earlier.last = later.first - 1
                  where later.report_id = any(:id)
                  union
                  select later.report_id, earlier.report_id
                  from report earlier join report later
                    on later.stream_id = earlier.stream_id and later.first = earlier.last + 1
                  where earlier.report_id = any(:id)
                )
                select later.stream_id, count(*)
                from pair
                join report later on later.report_id = pair.report_id
                join report earlier on earlier.report_id = pair.earlier_id
                where later.previous is distinct from earlier.hash
                  and (earlier.dropped is null or later.previous is distinct from earlier.dropped)
                group by later.stream_id
                """))
        .map((row, context) -> Map.entry(row.getInt(1), row.getInt(2)))
        .forEach(entry -> breaks.put(entry.getKey(), entry.getValue()));
    return breaks;
  }
}
