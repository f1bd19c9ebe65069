package webmon.acceptance.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code webmon agent run} in a folder of its own; can be stopped, killed and started again. */
public final class AgentProcess implements AutoCloseable {
  private final String id;
  private final Path folder;
  private @Nullable JarProcess process;

  public AgentProcess(String id, Path folder) {
    this.id = id;
    this.folder = folder;
  }

  public String id() {
    return id;
  }

  public Path folder() {
    return folder;
  }

  public Path dataDir() {
    return folder.resolve("data");
  }

  public LogFile log() {
    return new LogFile(dataDir());
  }

  /** Writes its configuration: who it is, and then what the caller says. */
  public AgentProcess configure(String toml) {
    Workplace.write(
        folder.resolve("config.toml"),
        """
        [agent]
        id = "%s"
        region = "%s"
        data_dir = "data"

        """
                .formatted(id, region())
            + toml);
    return this;
  }

  public String region() {
    return "region-of-" + id;
  }

  public AgentProcess start() {
    process = JarProcess.start(folder, "agent", List.of("agent", "run", "-c", "config.toml"));
    return this;
  }

  public JarProcess process() {
    if (process == null) {
      throw new AssertionError("the agent was not started");
    }
    return process;
  }

  public void kill() {
    process().kill();
  }

  /** Sends {@code SIGKILL} at once and does not wait. */
  public void strike() {
    process().strike();
  }

  /** {@code webmon agent VERB} beside it. */
  public JarProcess.Ended ask(String verb) {
    return JarProcess.run(folder, "", "agent", verb, "-c", "config.toml");
  }

  /** The names of the files in its outbox. */
  public List<String> outbox() {
    Path outbox = dataDir().resolve("outbox");
    if (!Files.exists(outbox)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(outbox)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until its log has that many results of a monitor. */
  public void awaitChecks(String monitor, int number) {
    Wait.until(
        Duration.ofSeconds(60),
        () -> {
          if (!process().isAlive()) {
            throw new AssertionError("the agent has ended: " + process().output());
          }
          return log().checks(monitor).size() >= number;
        },
        () -> number + " results of " + monitor + " in the log of:\n" + process().output());
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }
}
