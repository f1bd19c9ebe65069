package webmon.server.command;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import picocli.CommandLine.Option;
import webmon.command.Complaint;
import webmon.command.ExitCode;
import webmon.configuration.ConfigurationFile;
import webmon.configuration.Section;
import webmon.configuration.ServerSettings;
import webmon.server.Administration;
import webmon.server.CannotStart;
import webmon.server.Startup;

/** What every command beside the database has: the configuration file, and what it leads to. */
final class Administered {
  private static final Duration DATABASE_WAIT = Duration.ofSeconds(10);

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The configuration file with the table [server] (default: ${DEFAULT-VALUE}).")
  private Path file = Path.of("config.toml");

  ServerSettings settings() {
    return Objects.requireNonNull(
        ConfigurationFile.read(file, Section.forServer(), System::getenv)
            .needingServer()
            .orComplaint()
            .server());
  }

  /** What can go wrong beside what commands know themselves. */
  interface Work {
    int with(Administration administration) throws CannotStart;
  }

  int run(ServerSettings settings, Work work) {
    try (Administration administration =
        Administration.open(settings, new Startup(true, DATABASE_WAIT, InstantSource.system()))) {
      return work.with(administration);
    } catch (CannotStart e) {
      throw complaint(e);
    }
  }

  static Complaint complaint(CannotStart e) {
    return new Complaint(
        e.exitCode() == ExitCode.WRONG_USE.code() ? ExitCode.WRONG_USE : ExitCode.FAULT,
        e.sentence(),
        e);
  }
}
