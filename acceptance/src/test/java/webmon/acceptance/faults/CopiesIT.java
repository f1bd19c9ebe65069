package webmon.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import webmon.acceptance.driver.AgentProcess;
import webmon.acceptance.driver.Balance;
import webmon.acceptance.driver.Deployment;
import webmon.acceptance.driver.Line;
import webmon.acceptance.driver.Pages;
import webmon.acceptance.driver.Site;
import webmon.acceptance.driver.Wait;
import webmon.acceptance.driver.Workplace;

/** Disks are restored from older copies, and machines are cloned. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CopiesIT {
  private static final String QUICK = "flush_interval = 1\nresend_after = 1\n";

  private final Workplace workplace = Workplace.make("copies");
  private final Site site = Site.open().page("/", 200, "Welcome");
  private @Nullable Deployment deployment;

  @BeforeAll
  void startDeployment() {
    deployment = Deployment.start(workplace.folder());
  }

  @Test
  void aRestoredDiskBeginsANewStreamAndLosesNothing() {
    Path older = workplace.folder().resolve("older");
    AgentProcess agent = deployment().agent("restored").byQueue(QUICK, page("restored")).agent();
    runFor(agent, 2);
    Workplace.copy(agent.dataDir(), older);
    Set<Line> logged = runAndReport(agent, 2);
    Set<String> former = streams(agent);
    assertThat(former).hasSize(1);

    Workplace.delete(agent.dataDir());
    Workplace.copy(older, agent.dataDir());

    logged.addAll(runAndReport(agent, 2));
    assertThat(deployment().database().evidence(agent.id())).containsAll(logged);
    assertThat(deployment().database().countedTwice(agent.id())).isEmpty();
    assertThat(streams(agent)).hasSize(2);
    assertThat(continued(agent)).isEqualTo(former);
    assertThat(deployment().database().forks(agent.id())).isZero();
  }

  @Test
  void aRestoredDiskWithoutAServerIsAForkAndLosesNothing() {
    Path older = workplace.folder().resolve("older-alone");
    AgentProcess agent = deployment().agent("alone").byQueue(QUICK, page("alone")).agent();
    runFor(agent, 2);
    Workplace.copy(agent.dataDir(), older);
    Set<Line> logged = runAndReport(agent, 3);

    Workplace.delete(agent.dataDir());
    Workplace.copy(older, agent.dataDir());
    cut();
    runFor(agent, 4);
    mend();

    logged.addAll(runAndReport(agent, 1));
    assertThat(deployment().database().evidence(agent.id())).containsAll(logged);
    assertThat(deployment().database().countedTwice(agent.id())).isEmpty();
    flagged(agent);
  }

  @Test
  void aCloneIsFlaggedAndNothingOfBothIsSwallowed() {
    AgentProcess agent = deployment().agent("cloned").byQueue(QUICK, page("cloned")).agent();
    runFor(agent, 2);
    AgentProcess clone = new AgentProcess("cloned", workplace.folder().resolve("clone"));
    Workplace.copy(agent.folder(), clone.folder());

    try (agent;
        clone) {
      // Whoever is first at the server is not the fork; so neither is, before both have written.
      cut();
      agent.start();
      clone.start();
      agent.awaitChecks(monitor(agent), 4);
      clone.awaitChecks(monitor(clone), 4);
      mend();
      Set<Line> logged = new HashSet<>(agent.log().identities());
      logged.addAll(clone.log().identities());

      Balance.awaitArrival(logged, deployment().database(), "cloned", Duration.ofSeconds(60));
      assertThat(deployment().database().countedTwice("cloned")).isEmpty();
      flagged(agent);
      Wait.until(
          Duration.ofSeconds(60),
          () -> streams(agent).size() > 1,
          () -> "new streams for the two, not " + streams(agent));
    }
  }

  /** From start to stop, so that there are that many more results in the log. */
  private void runFor(AgentProcess agent, int checks) {
    int already = agent.log().checks(monitor(agent)).size();
    try (agent) {
      agent.start();
      agent.awaitChecks(monitor(agent), already + checks);
    }
  }

  /** Runs it for that many more results, and returns all lines that it had and that arrived. */
  private Set<Line> runAndReport(AgentProcess agent, int checks) {
    int already = agent.log().checks(monitor(agent)).size();
    try (agent) {
      agent.start();
      agent.awaitChecks(monitor(agent), already + checks);
      Set<Line> logged = agent.log().identities();
      Balance.awaitArrival(logged, deployment().database(), agent.id(), Duration.ofSeconds(60));
      return logged;
    }
  }

  private void cut() {
    deployment().agentsToServer().cut();
    deployment().agentsToQueue().cut();
  }

  private void mend() {
    deployment().agentsToServer().mend();
    deployment().agentsToQueue().mend();
  }

  private void flagged(AgentProcess agent) {
    assertThat(deployment().database().forks(agent.id())).isPositive();
    JsonNode shown = deployment().api().agent(agent.id()).orElseThrow();
    assertThat(shown.path("forks").asLong()).as(shown.toString()).isPositive();
    assertThat(shown.path("forked_at").isTextual()).as(shown.toString()).isTrue();
  }

  private Set<String> streams(AgentProcess agent) {
    return new HashSet<>(
        deployment()
            .database()
            .texts(
                "select distinct stream from stream s join agent a using (agent_id) where a.name = '"
                    + agent.id()
                    + "'"));
  }

  /** The streams that others of this agent say they come after. */
  private Set<String> continued(AgentProcess agent) {
    return new HashSet<>(
        deployment()
            .database()
            .texts(
                "select continues_stream from stream s join agent a using (agent_id) where"
                    + " continues_stream is not null and a.name = '"
                    + agent.id()
                    + "'"));
  }

  private String page(String id) {
    return Pages.page("page-of-" + id, site.url("/"), "Welcome");
  }

  private static String monitor(AgentProcess agent) {
    return "page-of-" + agent.id();
  }

  private Deployment deployment() {
    if (deployment == null) {
      throw new AssertionError("there is no deployment");
    }
    return deployment;
  }

  @AfterAll
  void stopDeployment() {
    if (deployment != null) {
      deployment.close();
    }
    site.close();
    workplace.close();
  }
}
