package webmon.server.results;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import webmon.result.Status;

/** Stored results, to be read. */
public final class Results {
  private final Jdbi jdbi;

  public Results(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Which results of one monitor are wanted.
   *
   * @param from the earliest {@code at}
   * @param to {@code at} is before this
   * @param after the last result of the page before, or null
   */
  public record Wanted(
      int monitorId,
      Instant from,
      Instant to,
      @Nullable String region,
      @Nullable Status status,
      @Nullable Position after,
      int limit) {}

  /** Where a page ended. */
  public record Position(Instant at, int streamId) {}

  /** Newest first. */
  public List<ResultView> list(Wanted wanted) {
    Position after = wanted.after();
    Status status = wanted.status();
    String region = wanted.region();
    // Stream by stream, newest first: that is the order of the primary key, so no more rows are
    // read than a page has, however many the window holds. What was last heard of a stream bounds
    // its results: a result is at most 15 minutes ahead of its reception.
    StringBuilder page = new StringBuilder();
    page.append(" where c.monitor_id = :monitor and c.stream_id = x.stream_id");
    page.append(" and c.at >= :from and c.at < :to");
    if (status != null) {
      page.append(" and c.status = cast(:status as \"char\")");
    }
    if (after != null) {
      // The first comparison lets partitions be left out, the second is the cursor.
      page.append(" and c.at <= :after_at and (c.at, c.stream_id) < (:after_at, :after_stream)");
    }
    StringBuilder sql = new StringBuilder(ResultRows.COLUMNS);
    sql.append(" from (select c.* from stream x cross join lateral (select * from check_result c");
    sql.append(page);
    sql.append(" order by c.at desc limit :limit) c");
    sql.append(" where x.last_seen_at >= cast(:from as timestamptz) - interval '15 minutes') r ");
    sql.append(ResultRows.JOINS);
    if (region != null) {
      sql.append(" where a.region = :region");
    }
    sql.append(" order by r.at desc, r.stream_id desc limit :limit");
    return jdbi.withHandle(handle -> {
      var query =
          handle
              .createQuery(sql.toString())
              .bind("monitor", wanted.monitorId())
              .bind("from", wanted.from())
              .bind("to", wanted.to())
              .bind("limit", wanted.limit());
      if (region != null) {
        query.bind("region", region);
      }
      if (status != null) {
        query.bind("status", ResultRows.letter(status));
      }
      if (after != null) {
        query.bind("after_at", after.at()).bind("after_stream", after.streamId());
      }
      return query.map((row, context) -> ResultRows.view(row)).list();
    });
  }

  /** The newest result of each of these monitors by each agent that was not removed. */
  public static List<ResultView> newest(Handle handle, Collection<Integer> monitorIds) {
    return monitorIds.isEmpty()
        ? List.of()
        : handle
            .createQuery(
                ResultRows.COLUMNS
                    + " from check_result r "
                    + ResultRows.JOINS
                    + """
                      join last_result l
                        on l.monitor_id = r.monitor_id and l.stream_id = r.stream_id and l.at = r.at
                       and l.agent_id = a.agent_id
                     where l.monitor_id = any(:monitors) and a.removed_at is null
                    """)
            .bindArray("monitors", Integer.class, List.copyOf(monitorIds))
            .map((row, context) -> ResultRows.view(row))
            .list();
  }
}
