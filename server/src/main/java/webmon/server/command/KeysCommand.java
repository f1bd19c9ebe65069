package webmon.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import webmon.command.Program;

/** {@code webmon server keys}. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    versionProvider = Program.VersionProvider.class,
    description = "API keys: who may ask the server for what.",
    subcommands = {KeysCreateCommand.class, KeysListCommand.class, KeysRevokeCommand.class})
public final class KeysCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to do: create, list or revoke.");
  }
}
