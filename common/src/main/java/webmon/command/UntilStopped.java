package webmon.command;

import java.util.concurrent.CountDownLatch;

/** Lets a command run until the process is told to end: Ctrl-C, SIGTERM. */
public final class UntilStopped {
  private UntilStopped() {}

  /**
   * Never returns. When the process is told to end, {@code close} runs on a thread of its own, and
   * after it the process ends with exit code 0.
   *
   * @throws InterruptedException if the waiting thread is interrupted
   */
  public static void run(Runnable close) throws InterruptedException {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("webmon-stop")
                .unstarted(() -> {
                  close.run();
                  // Otherwise it would be 128 + the signal's number, as if that were a fault.
                  Runtime.getRuntime().halt(ExitCode.GOOD.code());
                }));
    new CountDownLatch(1).await();
  }
}
