package webmon.server.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import webmon.command.Complaint;
import webmon.command.ExitCode;
import webmon.command.Program;

/** {@code webmon server keys revoke}. */
@Command(
    name = "revoke",
    mixinStandardHelpOptions = true,
    versionProvider = Program.VersionProvider.class,
    description = "Ends an API key, and the sessions made with it; servers notice within 5 s.")
public final class KeysRevokeCommand implements Callable<Integer> {
  @Mixin private final Administered administered = new Administered();

  @Parameters(
      paramLabel = "ID",
      description = "The key's id: the part of it between 'wm_' and the second '_'.")
  private String id = "";

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() {
    return administered.run(
        administered.settings(),
        administration -> {
          if (!administration.keys().revoke(id)) {
            throw new Complaint(
                ExitCode.WRONG_USE,
                "There is no API key '" + id + "': 'server keys list' shows them.");
          }
          Output.line(spec, "The key " + id + " is revoked.");
          return ExitCode.GOOD.code();
        });
  }
}
