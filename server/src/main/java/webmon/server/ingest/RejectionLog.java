package webmon.server.ingest;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import webmon.monitor.Sha256;
import webmon.report.Rejection;
import webmon.server.store.Columns;

/**
 * The trace that rejected reports leave: every one is counted by day and reason, and the newest
 * {@value #MOST_ROWS} different ones are described. Neither rows, nor their size, nor the rate of
 * writing them grows with a flood. Safe for any thread.
 */
public final class RejectionLog {
  static final int MOST_ROWS = 10_000;
  private static final int MOST_DETAIL = 500;
  private static final int SAMPLE_BYTES = 512;
  private static final int BURST = 2_000;
  private static final long NANOS_A_ROW = Duration.ofMillis(50).toNanos();

  private final Jdbi jdbi;
  private final LongSupplier nanos;
  // The moment from which on there is room for another row; it never lies further back than a
  // burst. Guarded by this.
  private long free;

  public RejectionLog(Jdbi jdbi, LongSupplier nanos) {
    this.jdbi = jdbi;
    this.nanos = nanos;
    this.free = nanos.getAsLong() - BURST * NANOS_A_ROW;
  }

  /** Something that was rejected. */
  record Entry(Rejection reason, String detail, Delivery delivery, Instant at) {
    String sha256() {
      return Sha256.hex(delivery.sealed().getBytes(StandardCharsets.UTF_8));
    }

    String shortDetail() {
      return detail.substring(0, Math.min(detail.length(), MOST_DETAIL)).replace('\0', '?');
    }

    String sample() {
      String sealed = delivery.sealed();
      byte[] bytes =
          sealed
              .substring(0, Math.min(sealed.length(), SAMPLE_BYTES))
              .getBytes(StandardCharsets.ISO_8859_1);
      return HexFormat.of().formatHex(bytes);
    }
  }

  private record Counter(LocalDate day, Rejection reason, Transport transport) {}

  private record Content(String sha256, Rejection reason) {}

  /** Notes what was rejected; it may be deleted where it came from after that. */
  void note(Collection<Entry> entries) {
    Map<Counter, Integer> counts =
        new TreeMap<>(
            Comparator.comparing(Counter::day)
                .thenComparing(Counter::reason)
                .thenComparing(Counter::transport));
    Map<Content, List<Entry>> rows =
        new TreeMap<>(Comparator.comparing(Content::sha256).thenComparing(Content::reason));
    for (Entry entry : entries) {
      LocalDate day = LocalDate.ofInstant(entry.at(), ZoneOffset.UTC);
      counts.merge(new Counter(day, entry.reason(), entry.delivery().transport()), 1, Integer::sum);
      if (hasRoom()) {
        rows.computeIfAbsent(
                new Content(entry.sha256(), entry.reason()), content -> new ArrayList<>())
            .add(entry);
      }
    }
    jdbi.useTransaction(handle -> {
      describe(handle, rows);
      count(handle, counts);
    });
  }

  private static void describe(Handle handle, Map<Content, List<Entry>> rows) {
    if (rows.isEmpty()) {
      return;
    }
    Columns.of(rows.entrySet())
        .time("at", row -> row.getValue().getLast().at())
        .text("reason", row -> row.getKey().reason().code())
        .text("detail", row -> row.getValue().getLast().shortDetail())
        .text("transport", row -> row.getValue().getLast().delivery().transport().code())
        .int4("bytes", row -> row.getValue().getLast().delivery().sealed().length())
        .hex("sha256", row -> row.getKey().sha256())
        .hex("sample", row -> row.getValue().getLast().sample())
        .int4("count", row -> row.getValue().size())
        .bindTo(() ->
            handle.createUpdate(
                """
                insert into rejected_report
                  (first_at, last_at, reason, detail, transport, bytes, sha256, sample, count)
                select at, at, reason, detail, transport, bytes, sha256, sample, count
                from unnest(:at, :reason, :detail, :transport, :bytes, :sha256, :sample, :count)
                  as r (at, reason, detail, transport, bytes, sha256, sample, count)
                on conflict on constraint rejected_report_content do update
                set count = rejected_report.count + excluded.count,
                  last_at = greatest(rejected_report.last_at, excluded.last_at)
                """))
        .execute();
    handle
        .createUpdate(
            """
            delete from rejected_report
            where rejected_id <= (select max(rejected_id) from rejected_report) - :most
            """)
        .bind("most", MOST_ROWS)
        .execute();
  }

  private static void count(Handle handle, Map<Counter, Integer> counts) {
    Columns.of(counts.entrySet())
        .text("day", row -> row.getKey().day().toString())
        .text("reason", row -> row.getKey().reason().code())
        .text("transport", row -> row.getKey().transport().code())
        .int4("count", Map.Entry::getValue)
        .bindTo(() ->
            handle.createUpdate(
                """
                insert into rejected_count (day, reason, transport, count)
                select day::date, reason, transport, count
                from unnest(:day, :reason, :transport, :count)
                  as c (day, reason, transport, count)
                on conflict on constraint rejected_count_pk do update
                set count = rejected_count.count + excluded.count
                """))
        .execute();
  }

  private synchronized boolean hasRoom() {
    long now = nanos.getAsLong();
    long earliest = now - BURST * NANOS_A_ROW;
    if (free - earliest < 0) {
      free = earliest;
    }
    if (free - now > 0) {
      return false;
    }
    free += NANOS_A_ROW;
    return true;
  }
}
