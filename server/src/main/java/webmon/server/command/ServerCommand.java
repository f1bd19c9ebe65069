package webmon.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import webmon.command.Program;

/** {@code webmon server}: what an operator does where the database can be reached. */
@Command(
    name = "server",
    mixinStandardHelpOptions = true,
    versionProvider = Program.VersionProvider.class,
    description = "The central server, and what is done beside its database.",
    subcommands = {
      RunCommand.class,
      MigrateCommand.class,
      AgentsCommand.class,
      KeysCommand.class,
      LoginLinkCommand.class
    })
public final class ServerCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to do: one of the commands below.");
  }
}
