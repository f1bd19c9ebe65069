package webmon.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import webmon.acceptance.driver.AgentProcess;
import webmon.acceptance.driver.Balance;
import webmon.acceptance.driver.Deployment;
import webmon.acceptance.driver.Line;
import webmon.acceptance.driver.Pages;
import webmon.acceptance.driver.Reporting;
import webmon.acceptance.driver.Site;
import webmon.acceptance.driver.Wait;
import webmon.acceptance.driver.Workplace;

/**
 * {@code kill -9} of agent or server at each point of the way of a result; afterwards the database
 * has exactly what the agent's log has.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KillsIT {
  private static final String QUICK = "flush_interval = 1\nresend_after = 1\n";
  private static final String SLOW = "flush_interval = \"1h\"\nresend_after = 1\n";

  private final Workplace workplace = Workplace.make("kills");
  private final Site site = Site.open().page("/", 200, "Welcome");
  private @Nullable Deployment deployment;
  private @Nullable AgentProcess agent;

  @BeforeAll
  void startDeployment() {
    deployment = Deployment.start(workplace.folder());
  }

  @Test
  void agentAfterAppend() {
    Reporting reporting = deployment().agent("append");
    String page = Pages.patient("page-of-append", site.url("/"), "Welcome");
    start(reporting.byQueue(SLOW, page));
    // The first good results are sent at once, the others wait for the hour to end.
    Wait.until(
        Duration.ofSeconds(60),
        () -> unsealed(reporting.agent()) >= 2,
        () -> "lines that no report has in " + reporting.agent().log().lines());

    reporting.agent().kill();

    assertThat(unsealed(reporting.agent())).isPositive();
    start(reporting.byQueue(QUICK, page));
    balance();
  }

  private long unsealed(AgentProcess of) {
    Set<Line> lines = of.log().identities();
    lines.removeAll(deployment().database().evidence(of.id()));
    return of.outbox().isEmpty() ? lines.size() : 0;
  }

  @Test
  void agentAfterSeal() {
    Reporting reporting = deployment().agent("seal");
    reporting.byQueue(QUICK, pages("seal"));
    for (int time = 0; time < 2; time++) {
      start(reporting);
      AgentProcess agent = reporting.agent();
      Path outbox = agent.dataDir().resolve("outbox");
      Wait.until(Duration.ofSeconds(60), () -> Files.exists(outbox), () -> "an outbox");
      // A report has a temporary name for about as long as two fsyncs take.
      Unfinished.spot(outbox, agent.process());
      agent.strike();
      agent.process().awaitExit(Duration.ofSeconds(10));
    }
    start(reporting);
    balance();
  }

  @Test
  void agentAfterRename() {
    Reporting reporting = deployment().agent("rename");
    deployment().agentsToQueue().cut();
    deployment().agentsToServer().cut();
    start(reporting.byQueue(QUICK, pages("rename")));
    Wait.until(
        Duration.ofSeconds(60),
        () -> reporting.agent().outbox().size() >= 3,
        () -> "three reports in the outbox, not " + reporting.agent().outbox());

    reporting.agent().kill();

    assertThat(deployment().database().evidence("rename")).isEmpty();
    mend();
    start(reporting);
    balance();
  }

  @Test
  void agentAfterSendingToTheQueue() throws Exception {
    Reporting reporting = deployment().agent("queue");
    CompletableFuture<?> struck =
        deployment().agentsToQueue().strikeAfter(Deployment.sending(), reporting.agent()::strike);
    start(reporting.byQueue(QUICK, pages("queue")));
    struck.get(60, TimeUnit.SECONDS);
    start(reporting);
    balance();
  }

  @Test
  void agentBeforeTheServerHasIt() throws Exception {
    Reporting reporting = deployment().agent("request");
    CompletableFuture<?> struck =
        deployment().agentsToServer().strikeBefore(Deployment.reports(), reporting.agent()::strike);
    start(reporting.byHttps(QUICK, pages("request")));
    struck.get(60, TimeUnit.SECONDS);
    assertThat(deployment().database().evidence("request")).isEmpty();
    start(reporting);
    balance();
  }

  @Test
  void agentBeforeTheAcknowledgement() throws Exception {
    Reporting reporting = deployment().agent("answer");
    CompletableFuture<?> struck =
        deployment().agentsToServer().strikeAfter(Deployment.reports(), reporting.agent()::strike);
    start(reporting.byHttps(QUICK, pages("answer")));
    struck.get(60, TimeUnit.SECONDS);
    assertThat(deployment().database().evidence("answer")).isNotEmpty();
    start(reporting);
    balance();
  }

  @Test
  void serverBeforeCommit() throws SQLException {
    Reporting reporting = deployment().agent("commit");
    try (Connection connection = deployment().database().connect()) {
      connection.setAutoCommit(false);
      connection.createStatement().execute("lock table report_evidence in exclusive mode");
      start(reporting.byQueue(QUICK, pages("commit")));
      Wait.until(
          Duration.ofSeconds(60),
          () ->
              deployment().database().number("select count(*) from pg_locks where not granted") > 0,
          () -> "a server that waits in the middle of its transaction");
      deployment().server().kill();
      connection.rollback();
    }
    assertThat(deployment().database().evidence("commit")).isEmpty();
    deployment().startServer();
    balance();
  }

  @Test
  void serverAfterCommitBeforeTheMessageIsDeleted() throws Exception {
    Reporting reporting = deployment().agent("delete");
    CompletableFuture<?> struck =
        deployment()
            .serverToQueue()
            .strikeBefore(Deployment.deleting(), deployment().server()::strike);
    start(reporting.byQueue(QUICK, pages("delete")));
    struck.get(60, TimeUnit.SECONDS);
    assertThat(deployment().database().evidence("delete")).isNotEmpty();
    deployment().startServer();
    balance();
  }

  @Test
  void serverAfterCommitBeforeItsAnswer() throws Exception {
    Reporting reporting = deployment().agent("reply");
    CompletableFuture<?> struck =
        deployment()
            .agentsToServer()
            .strikeAfter(Deployment.reports(), deployment().server()::strike);
    start(reporting.byHttps(QUICK, pages("reply")));
    struck.get(60, TimeUnit.SECONDS);
    assertThat(deployment().database().evidence("reply")).isNotEmpty();
    deployment().startServer();
    balance();
  }

  private String pages(String id) {
    return Pages.page("page-of-" + id, site.url("/"), "Welcome");
  }

  private void start(Reporting reporting) {
    agent = reporting.agent().start();
  }

  /** The first promise, for all that was logged until now. */
  private void balance() {
    AgentProcess running = agent();
    Set<Line> logged = running.log().identities();
    assertThat(logged).isNotEmpty();
    running.awaitChecks(
        "page-of-" + running.id(), running.log().checks("page-of-" + running.id()).size() + 1);
    Balance.awaitArrival(logged, deployment().database(), running);
    assertThat(deployment().database().forks(running.id())).isZero();
  }

  private Deployment deployment() {
    if (deployment == null) {
      throw new AssertionError("there is no deployment");
    }
    return deployment;
  }

  private AgentProcess agent() {
    if (agent == null) {
      throw new AssertionError("there is no agent");
    }
    return agent;
  }

  private void mend() {
    deployment().agentsToQueue().mend();
    deployment().agentsToServer().mend();
  }

  @AfterEach
  void stopAgent() {
    mend();
    if (agent != null) {
      agent.close();
    }
    if (!deployment().server().isAlive()) {
      deployment().startServer();
    }
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
