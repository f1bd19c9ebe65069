package webmon.server.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import webmon.command.ExitCode;
import webmon.command.Program;
import webmon.command.UntilStopped;
import webmon.server.CannotStart;
import webmon.server.Server;
import webmon.server.Startup;

/** {@code webmon server run}. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    versionProvider = Program.VersionProvider.class,
    description =
        "Runs the server until it is told to stop (SIGTERM, Ctrl-C); brings the database's schema"
            + " up to date first.")
public final class RunCommand implements Callable<Integer> {
  @Mixin private final Administered administered = new Administered();

  @Override
  public Integer call() throws InterruptedException {
    try (Server server = Server.start(administered.settings(), Startup.alone())) {
      UntilStopped.run(server::close);
      return ExitCode.GOOD.code();
    } catch (CannotStart e) {
      throw Administered.complaint(e);
    }
  }
}
