package webmon.agent.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import webmon.configuration.AgentSettings;
import webmon.configuration.ConfigurationFile;
import webmon.configuration.Section;

/** The options by which a command beside a {@code data_dir} finds it. */
final class WhichAgent {
  private static final Path USUAL_FILE = Path.of("config.toml");
  private static final Path USUAL_DATA_DIR = Path.of(".webmon", "agent");

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The agent's configuration file (default: config.toml, if it is there).")
  private @Nullable Path file;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "The agent's data_dir, instead of what the file says.")
  private @Nullable Path dataDir;

  /**
   * Where, and under which name if the configuration says one.
   *
   * @param id null: the one that is kept there
   */
  record Found(Path dataDir, @Nullable String id) {}

  Found find() {
    Path named = file;
    if (named == null && (dataDir != null || !Files.exists(USUAL_FILE))) {
      return new Found(dataDir == null ? USUAL_DATA_DIR : dataDir, null);
    }
    AgentSettings agent =
        ConfigurationFile.read(
                named == null ? USUAL_FILE : named, EnumSet.of(Section.AGENT), System::getenv)
            .orComplaint()
            .agent();
    return new Found(dataDir == null ? agent.dataDir() : dataDir, agent.id());
  }
}
