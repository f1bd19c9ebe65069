package webmon.server.results;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import webmon.server.store.Columns;
import webmon.server.store.DayPartitions;

/** Stores results: any number in one statement a table. Safe for any thread. */
public final class ResultWriter {
  private final DayPartitions partitions;

  public ResultWriter(Jdbi jdbi) {
    this.partitions = new DayPartitions(jdbi, "check_result");
  }

  /**
   * A result of another sequence has the place (monitor, stream row, time) of one that was to be
   * stored; the transaction has to be rolled back.
   */
  public static final class PlaceTakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PlaceTakenException(long missing) {
      super(missing + " results have the place of others");
    }
  }

  /** Before the transaction: makes the partitions that results of these times need. */
  public void prepare(List<Instant> times) {
    partitions.provide(times);
  }

  /** After a failure. */
  public void forgetPartitions() {
    partitions.forget();
  }

  /**
   * Stores results, none of which is stored already.
   *
   * @throws PlaceTakenException if not all of them could be
   */
  public void store(Handle handle, List<NewResult> results, Instant now) {
    if (results.isEmpty()) {
      return;
    }
    // By identity: the values are large, and none is there twice.
    Map<NewResult, String> hashes = new IdentityHashMap<>();
    Map<String, Detail> details = new HashMap<>();
    for (NewResult result : results) {
      Detail.of(result)
          .ifPresent(detail -> {
            String hash = detail.hash();
            hashes.put(result, hash);
            details.put(hash, detail);
          });
    }
    Map<String, Integer> detailIds =
        DetailRows.provide(handle, details, LocalDate.ofInstant(now, ZoneOffset.UTC));
    int inserted = insert(handle, results, hashes, detailIds);
    if (inserted != results.size()) {
      throw new PlaceTakenException(results.size() - inserted);
    }
    noteLast(handle, results);
  }

  private static int insert(
      Handle handle,
      List<NewResult> results,
      Map<NewResult, String> hashes,
      Map<String, Integer> detailIds) {
    return Columns.of(results)
        .time("at", row -> row.result().at())
        .int8("sequence", row -> row.result().sequence())
        .int4("monitor", NewResult::monitorId)
        .int4("stream", NewResult::streamId)
        .int4("definition", NewResult::definitionId)
        .int4("detail", row -> detailId(row, hashes, detailIds))
        .int4("due", row -> NewResult.int4(row.dueOffsetUs()))
        .int4("duration", row -> NewResult.int4(row.durationUs()))
        .int4("dns", row -> NewResult.int4(row.phases().dns()))
        .int4("connect", row -> NewResult.int4(row.phases().connect()))
        .int4("tls", row -> NewResult.int4(row.phases().tls()))
        .int4("wait", row -> NewResult.int4(row.phases().waiting()))
        .int4("transfer", row -> NewResult.int4(row.phases().transfer()))
        .int4("http", row -> row.seen().httpStatus())
        .int4("kind", NewResult::kind)
        .text("status", row -> Codes.of(row.result().status()))
        .bindTo(() ->
            handle.createUpdate(
                """
                insert into check_result
                  (at, sequence, monitor_id, stream_id, definition_id, detail_id, due_offset_us,
                    duration_us, dns_us, connect_us, tls_us, wait_us, transfer_us, http_status,
                    kind, status)
                select at, sequence, monitor, stream, definition, detail, due, duration, dns,
                  connect, tls, wait, transfer, http, kind, status::"char"
                from unnest(:at, :sequence, :monitor, :stream, :definition, :detail, :due,
                    :duration, :dns, :connect, :tls, :wait, :transfer, :http, :kind, :status)
                  as r (at, sequence, monitor, stream, definition, detail, due, duration, dns,
                    connect, tls, wait, transfer, http, kind, status)
                on conflict (monitor_id, stream_id, at) do nothing
                """))
        .execute();
  }

  private static @Nullable Integer detailId(
      NewResult row, Map<NewResult, String> hashes, Map<String, Integer> detailIds) {
    String hash = hashes.get(row);
    return hash == null ? null : detailIds.get(hash);
  }

  private record Pair(int monitorId, int agentId) {}

  /** One row for each monitor and agent: its newest result, in whatever order results come. */
  private static void noteLast(Handle handle, List<NewResult> results) {
    Comparator<Pair> order = Comparator.comparingInt(Pair::monitorId).thenComparing(Pair::agentId);
    Map<Pair, NewResult> newest = new TreeMap<>(order);
    for (NewResult result : results) {
      newest.merge(
          new Pair(result.monitorId(), result.agentId()),
          result,
          (a, b) -> a.result().at().isBefore(b.result().at()) ? b : a);
    }
    Columns.of(new ArrayList<>(newest.values()))
        .int4("monitor", NewResult::monitorId)
        .int4("agent", NewResult::agentId)
        .int4("stream", NewResult::streamId)
        .time("at", row -> row.result().at())
        .bindTo(() ->
            handle.createUpdate(
                """
                insert into last_result (monitor_id, agent_id, stream_id, at)
                select * from unnest(:monitor, :agent, :stream, :at)
                on conflict on constraint last_result_pk do update
                set stream_id = excluded.stream_id, at = excluded.at
                where excluded.at > last_result.at
                """))
        .execute();
  }

  /** A result that no verdict counts, with the line as it came. */
  public record OutOfTime(int streamId, int monitorId, long sequence, Instant at, String line) {}

  /** Keeps results that are older than the raw retention, or ahead of the clock. */
  public void keepOutOfTime(Handle handle, List<OutOfTime> results, Instant now) {
    if (results.isEmpty()) {
      return;
    }
    Columns.of(results)
        .int4("stream", OutOfTime::streamId)
        .int8("sequence", OutOfTime::sequence)
        .int4("monitor", OutOfTime::monitorId)
        .time("at", OutOfTime::at)
        .text("line", OutOfTime::line)
        .bindTo(() ->
            handle.createUpdate(
                """
                insert into result_out_of_time
                  (stream_id, sequence, monitor_id, at, received_at, line)
                select stream, sequence, monitor, at, :now::timestamptz, line
                from unnest(:stream, :sequence, :monitor, :at, :line)
                  as r (stream, sequence, monitor, at, line)
                on conflict on constraint result_out_of_time_pk do nothing
                """))
        .bind("now", now)
        .execute();
  }
}
