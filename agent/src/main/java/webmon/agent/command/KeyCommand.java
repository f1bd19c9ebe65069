package webmon.agent.command;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import webmon.agent.report.AgentIdentity;
import webmon.command.Complaint;
import webmon.command.ExitCode;
import webmon.command.Program;

/** Prints an agent's public key, which is made if there is none. */
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    versionProvider = Program.VersionProvider.class,
    description = {
      "Prints the agent's public key as a JWK, for `webmon server agents add`.",
      "Nothing else is on standard output. If the agent has no key yet, one is made in its data_dir."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:printed",
      "2:the configuration is broken",
      "3:the data_dir cannot be written"
    })
public final class KeyCommand implements Callable<Integer> {
  @Mixin private final WhichAgent which = new WhichAgent();

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() {
    WhichAgent.Found found = which.find();
    try {
      AgentIdentity identity = AgentIdentity.of(found.dataDir(), found.id(), new SecureRandom());
      spec.commandLine().getOut().println(identity.key().publicKey().jwk());
      spec.commandLine().getOut().flush();
    } catch (IOException e) {
      throw new Complaint(
          ExitCode.FAULT,
          "the data_dir " + found.dataDir() + " cannot be read or written: " + e,
          e);
    }
    return ExitCode.GOOD.code();
  }
}
