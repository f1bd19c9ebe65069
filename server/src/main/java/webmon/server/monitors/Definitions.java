package webmon.server.monitors;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import webmon.monitor.DefinitionCodec;
import webmon.monitor.MonitorDefinition;
import webmon.server.monitors.DeclaredPart.Declared;
import webmon.server.store.Columns;

/** What definitions' hashes stand for. A hash can be known before its definition is. */
public final class Definitions {
  private Definitions() {}

  /**
   * A definition by what names it.
   *
   * @param shortHash 16 hex digits
   */
  public record Reference(int monitorId, String shortHash) implements Comparable<Reference> {
    @Override
    public int compareTo(Reference other) {
      return Comparator.comparingInt(Reference::monitorId)
          .thenComparing(Reference::shortHash)
          .compare(this, other);
    }
  }

  /** What a result says of a definition that no hello line has told yet. */
  public record Hint(String name, String type, String url, long intervalMs) {}

  /** The numbers of definitions that results refer to; unknown ones are made from the hints. */
  public static Map<Reference, Integer> provide(
      Handle handle, Map<Reference, Hint> references, Instant now) {
    SortedMap<Reference, Hint> wanted = new TreeMap<>(references);
    Map<Reference, Integer> ids = find(handle, wanted.keySet(), false);
    wanted.keySet().removeAll(ids.keySet());
    if (!wanted.isEmpty()) {
      Columns.of(wanted.entrySet())
          .int4("monitor", entry -> entry.getKey().monitorId())
          .hex("hash", entry -> entry.getKey().shortHash())
          .text("name", entry -> entry.getValue().name())
          .text("type", entry -> entry.getValue().type())
          .text("url", entry -> entry.getValue().url())
          .int8("interval", entry -> entry.getValue().intervalMs())
          .bindTo(() ->
              handle.createUpdate(
                  """
                  insert into monitor_definition
                    (monitor_id, short_hash, name, type, url, enabled, interval_ms, first_seen_at)
                  select monitor, hash, name, type, url, true, interval_ms, :now::timestamptz
                  from unnest(:monitor, :hash, :name, :type, :url, :interval)
                    as hint (monitor, hash, name, type, url, interval_ms)
                  on conflict on constraint monitor_definition_identity do nothing
                  """))
          .bind("now", now)
          .execute();
      ids.putAll(find(handle, wanted.keySet(), false));
    }
    return ids;
  }

  /** The numbers of definitions that a hello line has told in full. */
  static Map<Reference, Integer> provideDeclared(
      Handle handle, Map<Reference, Declared> declared, Instant now) {
    SortedMap<Reference, Declared> wanted = new TreeMap<>(declared);
    Map<Reference, Integer> ids = find(handle, wanted.keySet(), true);
    wanted.keySet().removeAll(ids.keySet());
    if (!wanted.isEmpty()) {
      insert(handle, List.copyOf(wanted.entrySet()), now);
      ids.putAll(find(handle, wanted.keySet(), true));
    }
    return ids;
  }

  private static void insert(
      Handle handle, List<Map.Entry<Reference, Declared>> rows, Instant now) {
    Columns.of(rows)
        .int4("monitor", row -> row.getKey().monitorId())
        .hex("short", row -> row.getKey().shortHash())
        .hex("hash", row -> row.getValue().hash())
        .hex("essence", row -> row.getValue().essence())
        .text("name", row -> of(row).name())
        .text("type", row -> of(row).type())
        .text("url", row -> of(row).url())
        .flag("enabled", row -> of(row).enabled())
        .int8("interval", row -> of(row).interval().toMillis())
        .int8("timeout", row -> of(row).timeout().toMillis())
        .int8("retry", row -> of(row).retryInterval().toMillis())
        .int4("failures", row -> of(row).failureThreshold())
        .int4("recoveries", row -> of(row).recoveryThreshold())
        .text("quorum", row -> of(row).quorum())
        .text("group", row -> of(row).group())
        .text("tags", row -> DefinitionCodec.toJson(of(row)).path("tags").toString())
        .text("json", row -> row.getValue().json())
        .bindTo(() ->
            handle.createUpdate(
                """
                insert into monitor_definition
                  (monitor_id, short_hash, hash, essence, name, type, url, enabled, interval_ms,
                    timeout_ms, retry_interval_ms, failure_threshold, recovery_threshold, quorum,
                    group_name, tags, definition, first_seen_at)
                select monitor, short, hash, essence, name, type, url, enabled, interval_ms,
                  timeout_ms, retry_ms, failures, recoveries, quorum, group_name, tags::jsonb,
                  json::jsonb, :now::timestamptz
                from unnest(:monitor, :short, :hash, :essence, :name, :type, :url, :enabled,
                    :interval, :timeout, :retry, :failures, :recoveries, :quorum, :group, :tags,
                    :json)
                  as told (monitor, short, hash, essence, name, type, url, enabled, interval_ms,
                    timeout_ms, retry_ms, failures, recoveries, quorum, group_name, tags, json)
                on conflict on constraint monitor_definition_identity do update
                set hash = excluded.hash, essence = excluded.essence, name = excluded.name,
                  type = excluded.type, url = excluded.url, enabled = excluded.enabled,
                  interval_ms = excluded.interval_ms, timeout_ms = excluded.timeout_ms,
                  retry_interval_ms = excluded.retry_interval_ms,
                  failure_threshold = excluded.failure_threshold,
                  recovery_threshold = excluded.recovery_threshold, quorum = excluded.quorum,
                  group_name = excluded.group_name, tags = excluded.tags,
                  definition = excluded.definition
                where monitor_definition.hash is null
                """))
        .bind("now", now)
        .execute();
  }

  private static MonitorDefinition of(Map.Entry<Reference, Declared> row) {
    return row.getValue().definition();
  }

  private static Map<Reference, Integer> find(
      Handle handle, Collection<Reference> references, boolean onlyDeclared) {
    Map<Reference, Integer> ids = new HashMap<>();
    Columns.of(references)
        .int4("monitor", Reference::monitorId)
        .hex("hash", Reference::shortHash)
        .bindTo(() ->
            handle.createQuery(
                """
                select d.definition_id, d.monitor_id, encode(d.short_hash, 'hex') short_hash
                from unnest(:monitor, :hash) as r (monitor, hash)
                join monitor_definition d on d.monitor_id = r.monitor and d.short_hash = r.hash
                where d.hash is not null or not :declared
                """))
        .bind("declared", onlyDeclared)
        .map((row, context) ->
            Map.entry(
                new Reference(row.getInt("monitor_id"), row.getString("short_hash")),
                row.getInt("definition_id")))
        .forEach(entry -> ids.put(entry.getKey(), entry.getValue()));
    return ids;
  }
}
