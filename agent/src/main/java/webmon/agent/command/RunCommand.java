package webmon.agent.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import webmon.agent.Agent;
import webmon.agent.AgentNotStartedException;
import webmon.agent.report.AgentStatus;
import webmon.command.Complaint;
import webmon.command.ExitCode;
import webmon.command.Program;
import webmon.command.UntilStopped;
import webmon.configuration.Configuration;
import webmon.configuration.ConfigurationFile;
import webmon.configuration.Reading;
import webmon.configuration.Section;

/** Runs an agent until it is asked to stop. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    versionProvider = Program.VersionProvider.class,
    description = "Checks the pages of the configuration file until Ctrl-C or SIGTERM.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped when it was asked to",
      "2:the configuration is broken, or another process has the data_dir",
      "3:the data_dir cannot be written"
    })
public final class RunCommand implements Callable<Integer> {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The configuration file (default: ${DEFAULT-VALUE}).")
  private Path file = Path.of("config.toml");

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Reading reading =
        ConfigurationFile.read(file, Section.forAgent(), System::getenv).needingPages();
    Configuration configuration = reading.orComplaint();
    PrintWriter err = spec.commandLine().getErr();
    reading.problems().forEach(err::println);
    err.flush();
    Agent agent = start(configuration);
    say(configuration, agent.status());
    UntilStopped.run(agent::close);
    return ExitCode.GOOD.code();
  }

  private static Agent start(Configuration configuration) {
    try {
      return Agent.start(configuration, result -> {});
    } catch (AgentNotStartedException e) {
      ExitCode code =
          e.blame() == AgentNotStartedException.Blame.USE ? ExitCode.WRONG_USE : ExitCode.FAULT;
      throw new Complaint(code, String.valueOf(e.getMessage()), e);
    }
  }

  private void say(Configuration configuration, AgentStatus status) {
    long pages = configuration.webPages().stream().filter(page -> page.enabled()).count();
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "agent "
            + status.agent()
            + " in "
            + configuration.agent().region()
            + " checks "
            + pages
            + (pages == 1 ? " page" : " pages")
            + ", mode "
            + status.mode().word());
    out.flush();
  }
}
