package webmon.server.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import webmon.report.TestReports;
import webmon.server.ingest.IngestFixture;

/** On filled tables, what is asked often reads what it needs and no more. */
class HotQueriesTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final int MONITORS = 5;
  private static final int STREAMS = 4;

  /** Scans of whole tables, and rows that were read by an index. */
  private record Reads(long scans, long rows) {}

  private final IngestFixture server = new IngestFixture();
  private final TestReports agent = server.agent("a");

  HotQueriesTest() {
    server.agent("b");
    server.agent("c");
    server.agent("d");
    server
        .database
        .jdbi()
        .useHandle(handle -> {
          handle.execute(
              """
              insert into stream (agent_id, stream, first_seen_at, last_seen_at)
              select agent_id, md5(name), '2026-11-19T00:00:00Z', '2026-11-22T12:00:00Z' from agent
              """);
          handle.execute(
              "insert into monitor (slug) select 'm' || n from generate_series(1, 5) as n");
          handle.execute(
              """
              insert into monitor_definition
                (monitor_id, short_hash, name, type, url, enabled, interval_ms, first_seen_at)
              select monitor_id, '\\x0011223344556677', slug, 'http', 'u', true, 60000, now()
              from monitor
              """);
          handle.execute(
              """
              insert into result_detail (hash, address, last_used)
              select sha256(n::text::bytea), n::text, '2026-11-22' from generate_series(1, 20000) as n
              """);
          handle
              .createQuery(
                  """
                  select count(make_day_partition('check_result', date '2026-11-18' + n))
                  from generate_series(0, 5) as n
                  """)
              .mapTo(Long.class)
              .one();
          handle.execute(
              """
              insert into check_result (at, sequence, monitor_id, stream_id, definition_id, detail_id,
                due_offset_us, duration_us, status)
              select timestamptz '2026-11-22T12:00:00Z' - n * interval '1 minute', 4321 - n, monitor_id,
                stream_id, monitor_id, 1 + n, 0, 1000, 'u'
              from generate_series(1, 4320) as n, monitor, stream
              """);
          handle.execute(
              """
              insert into last_result select monitor_id, agent_id, stream_id, max(at)
              from check_result join stream using (stream_id) group by 1, 2, 3
              """);
          handle.execute(
              """
              insert into report (stream_id, first, last, hash, kind, kid, sealed_at, received_at,
                transport, stored, refused)
              select stream_id, n, n, sha256((stream_id || '-' || n)::bytea), 'lines', kid, now(), now(),
                'sqs', 1, 0
              from generate_series(1, 5000) as n, stream join agent_key using (agent_id)
              """);
          handle.execute("analyze");
        });
  }

  /** Each statement had a connection of its own, which told what it did when it ended. */
  private Reads reads() {
    return server
        .database
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(
                    """
                    select sum(seq_scan)::int8 as scans, sum(idx_tup_fetch)::int8 as rows
                    from pg_stat_user_tables
                    where relname like 'check\\_result\\_2%' or relname in ('report', 'result_detail')
                    """)
                .map((row, context) -> new Reads(row.getLong("scans"), row.getLong("rows")))
                .one());
  }

  /** Runs it, and says what was read for it. */
  private Reads readBy(Runnable query) {
    // The statistics of ended connections come in with a delay.
    Reads before = settled();
    query.run();
    Reads after = settled();
    return new Reads(after.scans() - before.scans(), after.rows() - before.rows());
  }

  private Reads settled() {
    Reads[] last = {reads()};
    await()
        .during(Duration.ofMillis(500))
        .atMost(Duration.ofSeconds(20))
        .until(() -> {
          Reads now = reads();
          boolean same = now.equals(last[0]);
          last[0] = now;
          return same;
        });
    return last[0];
  }

  @Test
  void aPageOfResultsReadsThatManyRowsOfEachStream() {
    int limit = 101;
    Reads reads =
        readBy(() ->
            assertThat(
                    new Results(server.database.jdbi())
                        .list(
                            new Results.Wanted(
                                3, NOW.minus(Duration.ofDays(3)), NOW, null, null, null, limit)))
                .hasSize(limit));
    assertThat(reads.scans()).isZero();
    assertThat(reads.rows()).isLessThanOrEqualTo(3L * limit * STREAMS);
  }

  @Test
  void newestResultsReadOneRowEach() {
    Reads reads =
        readBy(() ->
            assertThat(
                    server
                        .database
                        .jdbi()
                        .<List<ResultView>, RuntimeException>withHandle(
                            handle -> Results.newest(handle, List.of(1, 2, 3, 4, 5))))
                .hasSize(MONITORS * STREAMS));
    assertThat(reads.scans()).isZero();
    assertThat(reads.rows()).isLessThanOrEqualTo(3L * MONITORS * STREAMS);
  }

  @Test
  void storingAReportScansNoTable() {
    Reads reads =
        readBy(() -> {
          server.take(agent.ups("m1", 50));
          server.take(agent.ups("m2", 50), agent.ups("m3", 20));
        });
    assertThat(reads.scans()).isZero();
    assertThat(server.sequences(agent, 0)).hasSize(120);
  }
}
