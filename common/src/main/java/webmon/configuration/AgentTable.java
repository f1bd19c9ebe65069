package webmon.configuration;

import java.nio.file.Path;
import java.util.List;

/** {@code [agent]}. */
final class AgentTable {
  static final Key<String> ID =
      Key.of("id", ValueTypes.SLUG, "who this agent is, in every result", "\"eu-north-1-a\"")
          .otherwise("made once, and kept in data_dir/agent-id; in a container it must be set");
  static final Key<String> REGION =
      Key.of("region", ValueTypes.SLUG, "where this agent stands", "\"eu-north-1\"")
          .standard("\"local\"");
  static final Key<Path> DATA_DIR =
      Key.of(
              "data_dir",
              ValueTypes.PATH,
              "folder of the result log, the outbox and the keys; one process holds it",
              "\"/var/lib/webmon-agent\"")
          .standard("\".webmon/agent\"");
  static final Key<Long> MAX_DISK =
      Key.of(
              "max_disk",
              Numbers.size(16L << 20),
              "the most that result log and outbox take together",
              "\"500MB\"")
          .standard("\"2GiB\"");
  static final Key<Object> METRICS_ADDRESS =
      Key.later("metrics_address", "where the agent's metrics are served", "\"127.0.0.1:9797\"");

  static final Schema SCHEMA =
      new Schema(
          "agent",
          false,
          Section.AGENT,
          "This agent.",
          List.of(ID, REGION, DATA_DIR, MAX_DISK, METRICS_ADDRESS));

  private AgentTable() {}

  static AgentSettings read(Table table) {
    return new AgentSettings(
        table.get(ID),
        table.getOrStandard(REGION),
        table.getOrStandard(DATA_DIR),
        table.getOrStandard(MAX_DISK));
  }
}
