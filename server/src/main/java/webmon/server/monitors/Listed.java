package webmon.server.monitors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import webmon.server.store.Rows;

/**
 * A monitor with the definition that is shown of it: that of the newest complete configuration
 * which lists it, else the one that results named last. What is newest never hangs on an agent's
 * clock: of one agent it is the latest stream's highest revision, among agents what came in last.
 *
 * @param declared whether any agent's newest configuration lists it
 * @param everDeclared whether any configuration ever listed it
 * @param enabled whether any of those that list it has it enabled
 */
record Listed(
    int monitorId,
    String id,
    Instant createdAt,
    String name,
    String url,
    String type,
    Duration interval,
    @Nullable String group,
    Map<String, String> tags,
    @Nullable JsonNode definition,
    boolean declared,
    boolean everDeclared,
    boolean enabled,
    boolean conflict,
    List<String> agents) {
  /** To be followed by conditions on m. */
  static final String SELECT =
      """
      with newest as (
        select distinct on (c.agent_id) c.agent_id, c.configuration_id, a.name as agent
          from configuration c
          join agent a using (agent_id)
          join stream s using (stream_id)
         where c.complete and a.removed_at is null
         order by c.agent_id, s.first_seen_at desc, s.stream_id desc, c.revision desc),
      declared as (
        select l.monitor_id,
               (array_agg(l.definition_id order by n.configuration_id desc))[1] as definition_id,
               array_agg(n.agent order by n.agent) as agents,
               bool_or(f.enabled) as enabled,
               count(distinct f.essence) > 1 as conflict
          from newest n
          join monitor_declaration l using (configuration_id)
          join monitor_definition f using (definition_id)
         group by l.monitor_id)
      select m.monitor_id, m.slug, m.created_at, f.name, f.url, f.type, f.interval_ms,
             f.group_name, f.tags::text as tags, f.definition::text as definition,
             d.monitor_id is not null as declared, coalesce(d.enabled, true) as enabled,
             exists (select from monitor_declaration e where e.monitor_id = m.monitor_id)
               as ever_declared,
             coalesce(d.conflict, false) as conflict, coalesce(d.agents, '{}') as agents
        from monitor m
        left join declared d using (monitor_id)
        join lateral (
          select * from monitor_definition x
           where x.monitor_id = m.monitor_id
             and (d.definition_id is null or x.definition_id = d.definition_id)
           order by x.definition_id desc limit 1) f on true
      """;

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final TypeReference<Map<String, String>> TAGS = new TypeReference<>() {};

  static Listed of(ResultSet row) throws SQLException {
    try {
      String definition = row.getString("definition");
      return new Listed(
          row.getInt("monitor_id"),
          row.getString("slug"),
          Objects.requireNonNull(Rows.instant(row, "created_at")),
          row.getString("name"),
          row.getString("url"),
          row.getString("type"),
          Duration.ofMillis(row.getLong("interval_ms")),
          row.getString("group_name"),
          MAPPER.readValue(row.getString("tags"), TAGS),
          definition == null ? null : MAPPER.readTree(definition),
          row.getBoolean("declared"),
          row.getBoolean("ever_declared"),
          row.getBoolean("enabled"),
          row.getBoolean("conflict"),
          Arrays.asList((String[]) row.getArray("agents").getArray()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("monitor_definition holds something that is not JSON", e);
    }
  }

  BigDecimal intervalSeconds() {
    BigDecimal seconds = BigDecimal.valueOf(interval.toMillis(), 3).stripTrailingZeros();
    return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
  }
}
