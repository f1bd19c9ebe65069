package webmon.benchmarks;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import webmon.acceptance.driver.AgentProcess;
import webmon.acceptance.driver.Deployment;
import webmon.acceptance.driver.Installation;
import webmon.acceptance.driver.Line;
import webmon.acceptance.driver.Pages;
import webmon.acceptance.driver.Reporting;
import webmon.acceptance.driver.Site;
import webmon.acceptance.driver.Wait;
import webmon.acceptance.driver.Workplace;

/** Kills processes at random moments of their lives, their starts included. */
final class Violence {
  private static final String TIMING = "flush_interval = \"300ms\"\nresend_after = 1\n";
  private static final Duration ARRIVAL = Duration.ofMinutes(3);
  private static final int PAGES = 5;

  /** One process with everything in it takes longer to start, and would die before it works. */
  private static final int LONGER = 3;

  private final Random random;
  private final Duration mostLife;
  private final PrintWriter out;

  Violence(long seed, Duration mostLife, PrintWriter out) {
    this.random = new Random(seed);
    this.mostLife = mostLife;
    this.out = out;
  }

  /** An agent that reports by the queue and a server, each a process of its own. */
  Verdict onAgentAndServer(int kills) throws InterruptedException {
    try (Workplace workplace = Workplace.make("kills");
        Site site = Site.open().page("/", 200, "Welcome");
        Deployment deployment = Deployment.start(workplace.folder())) {
      Reporting reporting = deployment.agent("victim");
      AgentProcess agent = reporting.byQueue(TIMING, watched(site)).agent();
      int agents = 0;
      try (agent) {
        agent.start();
        for (int kill = 1; kill <= kills; kill++) {
          live(1);
          if (random.nextBoolean()) {
            agents++;
            agent.kill();
            agent.start();
          } else {
            deployment.server().kill();
            deployment.beginServer();
          }
          tell(kill, kills, agent.log().identities().size());
        }
        deployment.awaitServer();
        long written = agent.log().lines().size();
        Wait.until(
            ARRIVAL,
            () -> agent.log().lines().size() > written,
            () -> "a further line: " + agent.process().output());
        agent.close();
        reporting.byQueue(TIMING, paused(site));
        Set<Line> before = agent.log().identities();
        agent.start();
        Set<Line> logged = settled(before, agent.log()::identities);
        Verdict verdict =
            Verdict.reach(
                agents + " of the agent, " + (kills - agents) + " of the server",
                logged,
                deployment.database(),
                agent.id(),
                ARRIVAL);
        return told(verdict);
      }
    }
  }

  /** Everything in one process, with its queue in its memory. */
  Verdict onUp(int kills) throws InterruptedException {
    try (Workplace workplace = Workplace.make("kills-up");
        Site site = Site.open().page("/", 200, "Welcome");
        Installation installation = new Installation(workplace.folder())) {
      installation.configure(watched(site)).start();
      for (int kill = 1; kill <= kills; kill++) {
        live(LONGER);
        installation.kill();
        installation.begin();
        tell(kill, kills, installation.log().identities().size());
      }
      installation.awaitStarted();
      installation.stop();
      Set<Line> before = installation.log().identities();
      installation.configure(paused(site)).start();
      Set<Line> logged = settled(before, installation.log()::identities);
      return told(
          Verdict.reach(
              kills + " of everything in one process",
              logged,
              installation.database(),
              installation.agent(),
              ARRIVAL));
    }
  }

  /** The lines once no more are written; what a start says of itself is the last, all is paused. */
  private static Set<Line> settled(Set<Line> beforeStart, Supplier<Set<Line>> log)
      throws InterruptedException {
    Wait.until(ARRIVAL, () -> !log.get().equals(beforeStart), () -> "the words of a start");
    Set<Line> before;
    Set<Line> now = log.get();
    do {
      before = now;
      TimeUnit.SECONDS.sleep(5);
      now = log.get();
    } while (!now.equals(before));
    return now;
  }

  private void live(int times) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(random.nextLong(times * mostLife.toMillis()));
  }

  private void tell(int kill, int kills, int lines) {
    if (kill % 10 == 0) {
      out.println(kill + " of " + kills + ", " + lines + " lines logged");
      out.flush();
    }
  }

  private Verdict told(Verdict verdict) {
    out.println(verdict);
    verdict.missing().stream().limit(5).forEach(line -> out.println("  missing: " + line));
    verdict.foreign().stream().limit(5).forEach(line -> out.println("  foreign: " + line));
    out.flush();
    return verdict;
  }

  private static String watched(Site site) {
    StringBuilder pages = new StringBuilder();
    for (int page = 1; page <= PAGES; page++) {
      pages.append(Pages.page("Page " + page, site.url("/"), "Welcome"));
    }
    return pages.toString();
  }

  private static String paused(Site site) {
    StringBuilder pages = new StringBuilder();
    for (int page = 1; page <= PAGES; page++) {
      pages.append(Pages.paused("Page " + page, site.url("/")));
    }
    return pages.toString();
  }
}
