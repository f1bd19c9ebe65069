package webmon.configuration;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every table that may stand in a file. */
final class KnownTables {
  static final List<Schema> ALL =
      List.of(
          AgentTable.SCHEMA,
          ReportTable.SCHEMA,
          ServerTable.SCHEMA,
          PageKeys.DEFAULTS,
          PageKeys.SCHEMA);

  /** Tables that a later version acts on; all of them are repeated. */
  static final List<String> LATER =
      List.of("channel", "route", "maintenance", "slo", "status_page", "scheduled_report");

  private KnownTables() {}

  static @Nullable Schema named(String name) {
    return ALL.stream().filter(schema -> schema.name().equals(name)).findFirst().orElse(null);
  }

  /** The tables, as they are written, that have a key of this name. */
  static List<String> having(String key) {
    return ALL.stream().filter(schema -> schema.key(key) != null).map(Schema::written).toList();
  }
}
