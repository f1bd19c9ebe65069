package webmon.dist.agent;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import webmon.agent.command.CheckCommand;
import webmon.agent.command.KeyCommand;
import webmon.agent.command.LogCommand;
import webmon.agent.command.ResendCommand;
import webmon.agent.command.RunCommand;
import webmon.agent.command.StatusCommand;
import webmon.command.Program;

/** {@code webmon-agent.jar}: an agent's verbs, with the first word dropped. */
@Command(
    name = "webmon-agent",
    mixinStandardHelpOptions = true,
    versionProvider = Program.VersionProvider.class,
    description = "Checks web pages and reports the results, signed, to a server.",
    subcommands = {
      RunCommand.class,
      KeyCommand.class,
      StatusCommand.class,
      ResendCommand.class,
      CheckCommand.class,
      LogCommand.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "",
      "Every command takes --help, and --debug for the stack trace of what went wrong.",
      "Exit codes: 0 good; 1 the answer is no; 2 used or configured wrongly; 3 a fault of ours or of"
          + " the machine."
    })
public final class Main implements Runnable {
  private static final String FORMAT = "java.util.logging.SimpleFormatter.format";

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  public static void main(String[] arguments) {
    if (System.getProperty(FORMAT) == null) {
      System.setProperty(FORMAT, "%1$tFT%1$tT.%1$tL%1$tz %4$-7s %3$s: %5$s%6$s%n");
    }
    System.exit(Program.run(new CommandLine(new Main()), arguments));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do, for instance: webmon-agent run");
  }
}
