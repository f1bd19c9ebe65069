package webmon.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import webmon.acceptance.driver.AgentProcess;
import webmon.acceptance.driver.Balance;
import webmon.acceptance.driver.Deployment;
import webmon.acceptance.driver.Pages;
import webmon.acceptance.driver.Site;
import webmon.acceptance.driver.Wait;
import webmon.acceptance.driver.Workplace;

/** An agent that knows a queue and no server. */
final class ModesIT {
  @Test
  void theQueuesAcceptanceEndsAReportAndStatusSaysSo() {
    try (Workplace workplace = Workplace.make("modes");
        Site site = Site.open().page("/", 200, "Welcome");
        Deployment deployment = Deployment.start(workplace.folder());
        AgentProcess agent =
            deployment
                .agent("quiet")
                .queueAcknowledged(
                    "flush_interval = 1\n", Pages.page("page", site.url("/"), "Welcome"))
                .agent()) {
      deployment.agentsToQueue().cut();
      agent.start();
      agent.awaitChecks("page", 3);
      assertThat(agent.outbox()).isNotEmpty();
      assertThat(agent.ask("status").out()).contains("queue-acknowledged");

      deployment.agentsToQueue().mend();
      Wait.until(
          Duration.ofSeconds(60),
          () -> agent.outbox().isEmpty(),
          () -> "an empty outbox, not " + agent.outbox());
      Balance.awaitArrival(agent.log().identities(), deployment.database(), agent);
      assertThat(deployment.api().agent("quiet").orElseThrow().path("mode").asText())
          .isEqualTo("queue-acknowledged");
    }
  }
}
