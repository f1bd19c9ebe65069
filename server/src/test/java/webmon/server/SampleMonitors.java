package webmon.server;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import webmon.embedded.postgres.TestPostgres;

/** Monitors in every state, put into the database past the pipeline: to look at, not to test. */
final class SampleMonitors {
  private final Handle handle;
  private final Instant now = InstantSource.system().instant().truncatedTo(ChronoUnit.MICROS);

  private SampleMonitors(Handle handle) {
    this.handle = handle;
  }

  /** What one region saw. */
  private record Seen(
      int agent,
      String status,
      @Nullable Integer http,
      @Nullable Integer kind,
      @Nullable String message,
      int secondsAgo,
      int[] phases) {}

  static void insert(TestPostgres.Database database) {
    Jdbi.create(database.jdbcUrl(), database.user(), database.password())
        .useTransaction(handle -> new SampleMonitors(handle).insert());
  }

  private void insert() {
    agent("eu-north-1-a", "eu-north-1", 4_211, "{[1,4212)}", true);
    agent("us-east-1-a", "us-east-1", 4_180, "{[1,4181)}", true);
    agent("ap-southeast-2-a", "ap-southeast-2", 3_977, "{[1,3970),[3975,3978)}", false);
    handle.execute("select make_day_partition('check_result', current_date)");
    handle.execute("select make_day_partition('check_result', current_date - 1)");
    monitor(
        "shop",
        "Shop",
        "https://shop.example.com/",
        30,
        "team",
        "shop",
        down(1, 503, 15, "The server answered 503 Service Unavailable; expected is 200 to 299.", 4),
        down(2, 503, 15, "The server answered 503 Service Unavailable; expected is 200 to 299.", 9),
        up(3, 14, 2_100, 88_000, 91_000, 410_000, 1_800));
    monitor(
        "checkout",
        "Checkout API",
        "https://api.example.com/checkout/health",
        15,
        "team",
        "shop",
        up(1, 3, 900, 11_000, 14_000, 42_000, 700),
        down(
            2,
            null,
            9,
            "There was no answer within 10 s: connected, but the first byte never came.",
            6),
        up(3, 8, 1_400, 92_000, 95_000, 240_000, 900));
    monitor(
        "wikipedia",
        "Wikipedia",
        "https://en.wikipedia.org/wiki/Main_Page",
        60,
        null,
        null,
        up(1, 12, 1_100, 9_800, 12_400, 21_000, 14_000),
        up(2, 31, 1_900, 7_200, 9_100, 19_500, 11_000),
        up(3, 22, 2_400, 81_000, 84_000, 96_000, 61_000));
    monitor(
        "docs",
        "Documentation",
        "https://docs.example.com/",
        60,
        "team",
        "platform",
        up(1, 41, 600, 4_100, 6_900, 8_800, 2_200),
        up(2, 2, 700, 78_000, 81_000, 90_000, 4_000));
    monitor(
        "intranet",
        "Intranet",
        "https://intranet.example.com/",
        30,
        null,
        null,
        new Seen(
            1,
            "n",
            null,
            21,
            "The agent itself was offline: none of its reference points answered.",
            11,
            new int[5]));
  }

  private static Seen up(int agent, int secondsAgo, int... phases) {
    return new Seen(agent, "u", 200, null, null, secondsAgo, phases);
  }

  private static Seen down(
      int agent, @Nullable Integer http, int kind, String message, int secondsAgo) {
    int[] phases =
        http == null
            ? new int[] {800, 9_000, 12_000, 0, 0}
            : new int[] {900, 9_500, 12_100, 31_000, 400};
    return new Seen(agent, "d", http, kind, message, secondsAgo, phases);
  }

  private void agent(String id, String region, int last, String received, boolean acknowledged) {
    handle.execute(
        """
        insert into agent (name, region, version, last_seen_at, acknowledged_at)
        values (?, ?, '0.1.0', now(), case when ? then now() end)
        """,
        id,
        region,
        acknowledged);
    handle.execute(
        """
        insert into stream (agent_id, stream, received, reports, results, first_seen_at, last_seen_at)
        select max(agent_id), md5(?), ?::int8multirange, 300, ?, now(), now() from agent
        """,
        id,
        received,
        last);
  }

  private void monitor(
      String slug,
      String name,
      String url,
      int intervalS,
      @Nullable String tag,
      @Nullable String value,
      Seen... seen) {
    handle.execute("insert into monitor (slug) values (?)", slug);
    handle.execute(
        """
        insert into monitor_definition
          (monitor_id, short_hash, name, type, url, enabled, interval_ms, tags, first_seen_at)
        select max(monitor_id), decode(substr(md5(?), 1, 16), 'hex'), ?, 'http', ?, true, ?,
               case when ?::text is null then '{}' else jsonb_build_object(?::text, ?::text) end, now()
          from monitor
        """,
        slug,
        name,
        url,
        intervalS * 1_000L,
        tag,
        tag,
        value);
    for (Seen one : seen) {
      result(one);
    }
  }

  private void result(Seen seen) {
    java.sql.Timestamp at = java.sql.Timestamp.from(now.minusSeconds(seen.secondsAgo()));
    handle.execute(
        """
        with detail as (
          insert into result_detail (hash, message, address, last_used)
          select sha256(random()::text::bytea), ?, '192.0.2.10', current_date returning detail_id)
        insert into check_result (at, sequence, monitor_id, stream_id, definition_id, detail_id,
          due_offset_us, duration_us, dns_us, connect_us, tls_us, wait_us, transfer_us,
          http_status, kind, status)
        select ?, 1, m, ?, f, detail_id, 800, ?, ?, ?, ?, nullif(?, 0), nullif(?, 0), ?, ?, ?::"char"
          from detail, (select max(monitor_id) from monitor) as x (m),
               (select max(definition_id) from monitor_definition) as y (f)
        """,
        seen.message(),
        at,
        seen.agent(),
        total(seen),
        seen.phases()[0],
        seen.phases()[1],
        seen.phases()[2],
        seen.phases()[3],
        seen.phases()[4],
        seen.http(),
        seen.kind(),
        seen.status());
    handle.execute(
        """
        insert into last_result (monitor_id, agent_id, stream_id, at)
        select max(monitor_id), ?, ?, ? from monitor
        """,
        seen.agent(),
        seen.agent(),
        at);
  }

  private static int total(Seen seen) {
    int sum = 0;
    for (int phase : seen.phases()) {
      sum += phase;
    }
    return seen.http() == null && seen.kind() != null && seen.kind() == 9 ? 10_000_000 : sum;
  }
}
