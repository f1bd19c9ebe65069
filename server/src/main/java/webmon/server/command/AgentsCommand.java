package webmon.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import webmon.command.Program;

/** {@code webmon server agents}. */
@Command(
    name = "agents",
    mixinStandardHelpOptions = true,
    versionProvider = Program.VersionProvider.class,
    description = "Agents: who may report.",
    subcommands = {AgentsAddCommand.class, AgentsListCommand.class})
public final class AgentsCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to do: add or list.");
  }
}
