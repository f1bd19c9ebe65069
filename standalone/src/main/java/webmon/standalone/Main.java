package webmon.standalone;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import webmon.agent.command.AgentCommand;
import webmon.agent.command.CheckCommand;
import webmon.agent.command.LogCommand;
import webmon.cli.ValidateCommand;
import webmon.command.Program;
import webmon.server.command.ServerCommand;

/** {@code webmon.jar}: every verb. */
@Command(
    name = "webmon",
    mixinStandardHelpOptions = true,
    versionProvider = Program.VersionProvider.class,
    description = "Checks web pages from several regions, and can prove what it reports.",
    subcommands = {
      UpCommand.class,
      CheckCommand.class,
      ValidateCommand.class,
      LogCommand.class,
      AgentCommand.class,
      ServerCommand.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "",
      "Every command takes --help, and --debug for the stack trace of what went wrong.",
      "Exit codes: 0 good; 1 the answer is no; 2 used or configured wrongly; 3 a fault of ours or of"
          + " the machine."
    })
public final class Main implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  public static void main(String[] arguments) {
    System.exit(Program.run(new CommandLine(new Main()), arguments));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do, for instance: webmon up");
  }
}
