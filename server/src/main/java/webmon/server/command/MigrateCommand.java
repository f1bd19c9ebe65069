package webmon.server.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import webmon.command.ExitCode;
import webmon.command.Program;

/** {@code webmon server migrate}. */
@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    versionProvider = Program.VersionProvider.class,
    description = "Brings the database's schema up to date, which 'run' does too.")
public final class MigrateCommand implements Callable<Integer> {
  @Mixin private final Administered administered = new Administered();

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() {
    return administered.run(
        administered.settings(),
        administration -> {
          Output.line(
              spec, "The schema is up to date: version " + administration.schemaVersion() + ".");
          return ExitCode.GOOD.code();
        });
  }
}
