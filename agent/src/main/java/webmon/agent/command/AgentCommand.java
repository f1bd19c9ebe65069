package webmon.agent.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import webmon.command.Program;

/** The verbs beside an agent's {@code data_dir}. */
@Command(
    name = "agent",
    mixinStandardHelpOptions = true,
    versionProvider = Program.VersionProvider.class,
    description = "Runs an agent, and does what has to be done beside its data_dir.",
    subcommands = {RunCommand.class, KeyCommand.class, StatusCommand.class, ResendCommand.class})
public final class AgentCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do: run, key, status or resend");
  }
}
