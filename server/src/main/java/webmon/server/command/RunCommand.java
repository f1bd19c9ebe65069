package webmon.server.command;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import webmon.command.ExitCode;
import webmon.command.Program;
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
      // Ends with the process: the hook closes the server while this thread waits.
      Runtime.getRuntime()
          .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(server::close));
      new CountDownLatch(1).await();
      return ExitCode.GOOD.code();
    } catch (CannotStart e) {
      throw Administered.complaint(e);
    }
  }
}
