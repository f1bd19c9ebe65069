package webmon.benchmarks;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import webmon.acceptance.driver.Balance;
import webmon.acceptance.driver.Installation;
import webmon.acceptance.driver.Site;
import webmon.acceptance.driver.Workplace;

/** Many pages at a short interval in one {@code webmon up}: how late are checks, does it grow? */
@Command(
    name = "load",
    aliases = {"lateness", "memory"},
    mixinStandardHelpOptions = true,
    description = {
      "Checks many local pages in one webmon up, and measures how late the checks began and how the"
          + " live heap grew between the end of the first minute and the end."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:within the bounds", "1:a check was too late, or the heap grew too much"})
final class LoadCommand implements Callable<Integer> {
  private static final Duration MOST_LATENESS = Duration.ofSeconds(1);
  private static final double MOST_GROWTH = 1.1;

  @Option(names = "--pages", description = "How many (default: ${DEFAULT-VALUE}).")
  private int pages = 200;

  @Option(names = "--interval", description = "In seconds (default: ${DEFAULT-VALUE}).")
  private int interval = 5;

  @Option(
      names = "--minutes",
      description = "For how long, at least 2 (default: ${DEFAULT-VALUE}).")
  private int minutes = 5;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (Workplace workplace = Workplace.make("load");
        Site site = Site.open().page("/", 200, "Welcome to a page of no particular length.");
        Installation installation = new Installation(workplace.folder())) {
      installation.configure(configuration(site)).start();
      Instant started = Instant.now();
      out.printf("%d pages every %d s for %d min%n", pages, interval, minutes);
      TimeUnit.SECONDS.sleep(60);
      LiveHeap early = LiveHeap.of(installation.process().pid());
      out.println("live heap after minute 1: " + early);
      out.flush();
      TimeUnit.SECONDS.sleep(60L * (minutes - 1));
      LiveHeap late = LiveHeap.of(installation.process().pid());
      out.println("live heap after minute " + minutes + ": " + late);
      double growth = (double) late.bytes() / early.bytes();
      Lateness lateness = Lateness.of(installation.log().lines(), started);
      Balance.awaitArrival(
          installation.log().identities(),
          installation.database(),
          installation.agent(),
          Duration.ofMinutes(1));
      out.printf(
          "growth %.3f (bound %.1f); lateness of %s (bound %d ms); all results are in the database%n",
          growth, MOST_GROWTH, lateness, MOST_LATENESS.toMillis());
      out.flush();
      return growth <= MOST_GROWTH && lateness.most().compareTo(MOST_LATENESS) <= 0 ? 0 : 1;
    }
  }

  private String configuration(Site site) {
    List<String> texts =
        IntStream.range(0, pages)
            .mapToObj(number ->
                "[[web_page]]\nname = \"Page %d\"\nurl = \"%s\"\ncontent_pattern = \"Welcome\"\n"
                    .formatted(number, site.url("/")))
            .toList();
    return "[defaults]\ninterval = %d\ntimeout = %d\nretry_interval = %d\n\n"
            .formatted(interval, interval, interval)
        + texts.stream().collect(Collectors.joining("\n"));
  }
}
