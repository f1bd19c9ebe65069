package webmon.server.monitors;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import webmon.server.monitors.DeclaredPart.Declared;
import webmon.server.monitors.Definitions.Reference;
import webmon.server.store.Columns;

/** Takes over what hello lines declare, in the transaction that stores their reports. */
public final class Declarations {
  private Declarations() {}

  /** A hello line and the stream row that it is stored under. */
  public record Placed(int agentId, int streamId, DeclaredPart part) {}

  /**
   * Takes over hello lines.
   *
   * @param monitorIds the numbers of all monitors in them
   */
  public static void store(
      Handle handle, List<Placed> hellos, Map<String, Integer> monitorIds, Instant now) {
    if (hellos.isEmpty()) {
      return;
    }
    Map<Reference, Declared> declared = new TreeMap<>();
    for (Placed hello : hellos) {
      for (Declared monitor : hello.part().monitors()) {
        declared.put(reference(monitor, monitorIds), monitor);
      }
    }
    Map<Reference, Integer> definitionIds = Definitions.provideDeclared(handle, declared, now);
    for (Placed hello : hellos) {
      int configuration = configuration(handle, hello);
      Map<Integer, Integer> listed = new HashMap<>();
      for (Declared monitor : hello.part().monitors()) {
        Reference reference = reference(monitor, monitorIds);
        Integer definition = definitionIds.get(reference);
        if (definition != null) {
          listed.put(reference.monitorId(), definition);
        }
      }
      Columns.of(listed.entrySet())
          .int4("monitor", Map.Entry::getKey)
          .int4("definition", Map.Entry::getValue)
          .bindTo(() ->
              handle.createUpdate(
                  """
                  insert into monitor_declaration (configuration_id, monitor_id, definition_id)
                  select :configuration, monitor, definition
                  from unnest(:monitor, :definition) as listed (monitor, definition)
                  on conflict on constraint monitor_declaration_pk do update
                  set definition_id = excluded.definition_id
                  """))
          .bind("configuration", configuration)
          .execute();
    }
  }

  private static Reference reference(Declared monitor, Map<String, Integer> monitorIds) {
    Integer id = monitorIds.get(monitor.definition().id());
    if (id == null) {
      throw new IllegalArgumentException("no number for " + monitor.definition().id());
    }
    return new Reference(id, monitor.shortHash());
  }

  /** The row of the revision, with this part noted; safe, since the stream's row is locked. */
  private static int configuration(Handle handle, Placed hello) {
    DeclaredPart part = hello.part();
    return handle
        .createQuery(
            """
            insert into configuration as c
              (agent_id, stream_id, revision, version, parts, parts_received, at)
            values (:agent, :stream, :revision, :version, :parts,
              int4multirange(int4range(:part, :part, '[]')), :at)
            on conflict on constraint configuration_identity do update
            set version = case when excluded.at >= c.at then excluded.version else c.version end,
              parts = excluded.parts,
              parts_received = c.parts_received + excluded.parts_received,
              at = greatest(c.at, excluded.at)
            returning configuration_id
            """)
        .bind("agent", hello.agentId())
        .bind("stream", hello.streamId())
        .bind("revision", part.revision())
        .bind("version", part.version())
        .bind("parts", part.parts())
        .bind("part", part.part())
        .bind("at", part.at())
        .mapTo(Integer.class)
        .one();
  }
}
