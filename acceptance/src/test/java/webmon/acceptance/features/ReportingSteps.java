package webmon.acceptance.features;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cucumber.java.After;
import io.cucumber.java.AfterAll;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import webmon.acceptance.driver.AgentProcess;
import webmon.acceptance.driver.Balance;
import webmon.acceptance.driver.Deployment;
import webmon.acceptance.driver.Pages;
import webmon.acceptance.driver.Postman;
import webmon.acceptance.driver.Reporting;
import webmon.acceptance.driver.Wait;

/** For {@code reporting.feature}: one server for all scenarios, a new agent for each. */
public final class ReportingSteps {
  private static final String TIMING = "flush_interval = 1\nresend_after = 1\n";

  private final Postman postman = new Postman();
  private @Nullable AgentProcess agent;
  private @Nullable HttpResponse<String> answer;
  private String page = "";
  private long rejectedBefore;

  private static Deployment deployment() {
    return Shared.deployment();
  }

  @Given("a central server, a queue and an agent that watches a page")
  public void everything() {
    String id = Shared.nextAgent();
    page = "page-of-" + id;
    Reporting reporting = deployment().registerByHand(id);
    reporting.byQueue(TIMING, Pages.patient(page, Shared.site().url("/"), "Welcome"));
    agent = reporting.agent().start();
  }

  @When("the agent has checked the page")
  public void checked() {
    agent().awaitChecks(page, 2);
  }

  @Given("the agent has reported")
  public void reported() {
    checked();
    Balance.awaitArrival(agent().log().identities(), deployment().database(), agent());
  }

  @Then("the server shows that result as the log has it")
  public void shown() {
    JsonNode line = agent().log().checks(page).getFirst();
    Wait.until(
        Duration.ofSeconds(60),
        () -> result(line.at("/event/sequence").asLong()) != null,
        () -> "a result at the server for " + line);
    JsonNode result = result(line.at("/event/sequence").asLong());
    assertThat(result).isNotNull();
    assertThat(result.path("stream")).isEqualTo(line.at("/webmon/stream"));
    assertThat(result.path("started_at")).isEqualTo(line.path("@timestamp"));
    assertThat(result.path("http_status")).isEqualTo(line.at("/http/response/status_code"));
    assertThat(result.path("content_matched")).isEqualTo(line.at("/webmon/content_matched"));
    assertThat(result.path("duration_us")).isEqualTo(line.at("/monitor/duration/us"));
  }

  private @Nullable JsonNode result(long sequence) {
    return deployment().api().results(page).stream()
        .filter(result -> result.path("sequence").asLong() == sequence)
        .findFirst()
        .orElse(null);
  }

  @Then("the server shows the page as {string}")
  public void state(String state) {
    Wait.until(
        Duration.ofSeconds(60),
        () ->
            deployment()
                .api()
                .json("/api/v1/monitors/" + page)
                .path("state")
                .asText()
                .equals(state),
        () -> state + " in " + deployment().api().json("/api/v1/monitors/" + page));
  }

  @Then("the agent knows that its report has arrived")
  public void acknowledged() {
    Wait.until(
        Duration.ofSeconds(60),
        () -> agent().outbox().isEmpty(),
        () -> "an empty outbox, not " + agent().outbox());
  }

  @When("somebody hands in a report signed with another key")
  public void forged() {
    rejectedBefore = deployment().database().rejected("unknown_agent_key");
    answer = deployment().api().report(postman.forged(agent().id(), deployment().database()));
  }

  @Then("the server refuses it")
  public void refused() {
    assertThat(answer).isNotNull();
    assertThat(answer.statusCode()).as(answer.body()).isIn(400, 401);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }

  @When("somebody puts a changed report into the queue")
  public void changed() {
    rejectedBefore = deployment().database().rejected("not_decrypted");
    postman.sendByQueue(
        deployment().agentsToQueue(), postman.changed(agent().id(), deployment().database()));
  }

  @Then("the server has noted a rejected report because of {string}")
  public void noted(String reason) {
    Wait.until(
        Duration.ofSeconds(60),
        () -> deployment().database().rejected(reason) == rejectedBefore + 1,
        () -> "one more rejected because of " + reason + " than " + rejectedBefore);
  }

  @Then("nothing of it is stored")
  public void nothingStored() {
    assertThat(deployment().database().texts("select slug from monitor"))
        .doesNotContain(Postman.FORGED_MONITOR);
  }

  @Then("the server still takes reports")
  public void stillTaking() {
    reported();
  }

  @When("the same report is delivered twice more by each way")
  public void deliveredAgain() {
    List<String> reports = deployment().database().reports(agent().id());
    for (int time = 0; time < 2; time++) {
      for (String report : reports) {
        String sealed = postman.seal(report, deployment().database());
        assertThat(deployment().api().report(sealed).statusCode()).isEqualTo(200);
        postman.sendByQueue(deployment().agentsToQueue(), sealed);
      }
    }
    postman.awaitEmptyQueue(deployment().agentsToQueue());
  }

  @When("the queue is away while the agent checks on")
  public void queueAway() {
    deployment().stopQueue();
    agent().awaitChecks(page, agent().log().checks(page).size() + 3);
    assertThat(agent().outbox()).isNotEmpty();
  }

  @When("the queue is back")
  public void queueBack() {
    deployment().startQueue();
  }

  @Then("the server has each result of the log once")
  public void once() {
    Balance.awaitArrival(agent().log().identities(), deployment().database(), agent());
    assertThat(deployment().database().forks(agent().id())).isZero();
  }

  private AgentProcess agent() {
    if (agent == null) {
      throw new AssertionError("no agent was started");
    }
    return agent;
  }

  @After("@reporting")
  public void stop() {
    agent().close();
  }

  @AfterAll
  public static void close() {
    Shared.close();
  }
}
