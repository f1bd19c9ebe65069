package webmon.server.results;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import webmon.server.store.Columns;

/** Rows of {@code result_detail}: each combination once. */
final class DetailRows {
  private DetailRows() {}

  /** The numbers of these details by their hashes; new ones are made. */
  static Map<String, Integer> provide(Handle handle, Map<String, Detail> details, LocalDate today) {
    SortedMap<String, Detail> wanted = new TreeMap<>(details);
    Map<String, Integer> ids = find(handle, wanted.keySet(), today);
    wanted.keySet().removeAll(ids.keySet());
    if (!wanted.isEmpty()) {
      insert(handle, wanted, today);
      ids.putAll(find(handle, wanted.keySet(), today));
    }
    return ids;
  }

  private static Map<String, Integer> find(
      Handle handle, Collection<String> hashes, LocalDate today) {
    Map<String, Integer> ids = new HashMap<>();
    // Those of another day are passed over: the insert below then renews their date.
    Columns.of(hashes)
        .hex("hash", hash -> hash)
        .bindTo(() ->
            handle.createQuery(
                """
                select encode(hash, 'hex'), detail_id from result_detail
                where hash = any(:hash) and last_used >= :today
                """))
        .bind("today", today)
        .map((row, context) -> Map.entry(row.getString(1), row.getInt(2)))
        .forEach(entry -> ids.put(entry.getKey(), entry.getValue()));
    return ids;
  }

  private static void insert(Handle handle, SortedMap<String, Detail> details, LocalDate today) {
    // In the order of their hashes: two transactions cannot wait for each other.
    Columns.of(details.entrySet())
        .hex("hash", Map.Entry::getKey)
        .text("message", row -> row.getValue().message())
        .text("address", row -> row.getValue().address())
        .time("expires", row -> row.getValue().certificateExpiresAt())
        .flag("matched", row -> row.getValue().contentMatched())
        .text("hops", row -> row.getValue().hops())
        .text("excerpt", row -> row.getValue().excerpt())
        .int4("count", row -> row.getValue().count())
        .time("until", row -> row.getValue().until())
        .flag("stepped", row -> row.getValue().clockStepped())
        .int8("due", row -> row.getValue().longAt(0))
        .int8("duration", row -> row.getValue().longAt(1))
        .int8("dns", row -> row.getValue().longAt(2))
        .int8("connect", row -> row.getValue().longAt(3))
        .int8("tls", row -> row.getValue().longAt(4))
        .int8("wait", row -> row.getValue().longAt(5))
        .int8("transfer", row -> row.getValue().longAt(6))
        .bindTo(() ->
            handle.createUpdate(
                """
                insert into result_detail
                  (hash, message, address, certificate_expires_at, content_matched, hops, excerpt,
                    count, until, clock_stepped, due_offset_us, duration_us, dns_us, connect_us,
                    tls_us, wait_us, transfer_us, last_used)
                select hash, message, address, expires, matched, hops::jsonb, excerpt, count,
                  until, stepped, due, duration, dns, connect, tls, wait, transfer, :today::date
                from unnest(:hash, :message, :address, :expires, :matched, :hops, :excerpt, :count,
                    :until, :stepped, :due, :duration, :dns, :connect, :tls, :wait, :transfer)
                  as d (hash, message, address, expires, matched, hops, excerpt, count, until,
                    stepped, due, duration, dns, connect, tls, wait, transfer)
                on conflict on constraint result_detail_hash do update
                set last_used = greatest(result_detail.last_used, excluded.last_used)
                """))
        .bind("today", today)
        .execute();
  }
}
