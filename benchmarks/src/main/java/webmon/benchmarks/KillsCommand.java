package webmon.benchmarks;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The first promise under random violence. */
@Command(
    name = "kills",
    mixinStandardHelpOptions = true,
    description = {
      "Kills agent, server and the whole system in one process (SIGKILL) at random moments, and"
          + " checks at the end that the database has exactly what the logs have."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:nothing was lost, nothing counted twice", "1:the sets differ"})
final class KillsCommand implements Callable<Integer> {
  @Option(names = "--kills", description = "How many in all (default: ${DEFAULT-VALUE}).")
  private int kills = 200;

  @Option(names = "--seed", description = "Of the random moments (default: the time).")
  private long seed = System.currentTimeMillis();

  @Option(
      names = "--most-pause",
      description =
          "The longest life of an agent or a server, in ms; of everything in one process three times"
              + " that (default: ${DEFAULT-VALUE}).")
  private int mostPause = 6000;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    long begin = System.nanoTime();
    out.println("seed " + seed);
    out.flush();
    Violence violence = new Violence(seed, Duration.ofMillis(mostPause), out);
    // One in four hits the whole system in one process.
    int up = kills / 4;
    Verdict apart = violence.onAgentAndServer(kills - up);
    Verdict together = violence.onUp(up);
    out.printf(
        "%d kills (%s; %s), seed %d, %d min: %s%n",
        kills,
        apart.kills(),
        together.kills(),
        seed,
        Duration.ofNanos(System.nanoTime() - begin).toMinutes(),
        apart.good() && together.good() ? "the sets are equal" : "THE SETS DIFFER");
    out.flush();
    return apart.good() && together.good() ? 0 : 1;
  }
}
