package webmon.acceptance.features;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cucumber.java.After;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import webmon.acceptance.driver.AgentProcess;
import webmon.acceptance.driver.Pages;
import webmon.acceptance.driver.Site;
import webmon.acceptance.driver.Wait;
import webmon.acceptance.driver.Workplace;

/** For {@code checking.feature}: an agent that reports to nobody and writes its log. */
public final class CheckingSteps {
  private final Workplace workplace = Workplace.make("checking");
  private final Site site = Site.open();
  private final Site forged = Site.openWithCertificate(ownCertificate());
  private final Site.Resetting torn = Site.Resetting.open();
  private final AgentProcess agent = new AgentProcess("eu-north-1-a", workplace.folder("agent"));
  private final Map<String, String> urls = new HashMap<>();
  private String url = site.url("/page");

  @Given("a page that answers {int} with {string}")
  public void page(int status, String body) {
    site.page("/page", status, body);
  }

  @When("the page answers {int} with {string}")
  public void pageChanges(int status, String body) {
    site.page("/page", status, body);
  }

  @Given("a URL at which there is no page")
  public void noPage() {
    url = site.url("/page");
  }

  @Given("pages that fail in these ways")
  public void failingPages(java.util.List<Map<String, String>> table) {
    table.forEach(row -> urls.put(get(row, "page"), failing(get(row, "what is wrong"))));
  }

  private String failing(String way) {
    return switch (way) {
      case "answers 404" -> site.url("/missing");
      case "answers 500" -> site.page("/broken", 500, "Oops").url("/broken");
      case "answers 200 without its pattern" -> site.page("/empty", 200, "Hello").url("/empty");
      case "refuses the connection" -> Site.nobody().toString();
      case "has an unknown host" -> "http://no-such-host.invalid/";
      case "resets the connection" -> torn.url();
      case "has a certificate of its own" -> forged.page("/", 200, "Welcome").url("/");
      case "does not answer in time" -> site.slow("/stuck").url("/stuck");
      default -> throw new IllegalArgumentException(way);
    };
  }

  @When("an agent checks it for the pattern {string}")
  public void check(String pattern) {
    agent.configure(Pages.patient("page", url, pattern)).start();
    agent.awaitChecks("page", 1);
  }

  @When("an agent checks them all")
  public void checkAll() {
    agent.configure(
        urls.entrySet().stream()
            .map(page -> Pages.patient(page.getKey(), page.getValue(), "Welcome"))
            .collect(Collectors.joining()));
    agent.start();
    urls.keySet().forEach(page -> agent.awaitChecks(page, 1));
  }

  @Then("the result has the status code {int}")
  public void statusCode(int code) {
    assertThat(entry().at("/http/response/status_code").asInt()).isEqualTo(code);
  }

  @Then("the result has a status code other than {int}")
  public void otherStatusCode(int code) {
    assertThat(entry().at("/http/response/status_code").asInt()).isPositive().isNotEqualTo(code);
  }

  @Then("the pattern was found")
  public void found() {
    assertThat(entry().at("/webmon/content_matched")).hasToString("true");
  }

  @Then("the pattern was not found")
  public void notFound() {
    assertThat(entry().at("/webmon/content_matched")).hasToString("false");
  }

  @Then("the page is {string}")
  public void pageIs(String status) {
    assertThat(entry().at("/monitor/status").asText()).isEqualTo(status);
  }

  @Then("the page becomes {string}")
  public void pageBecomes(String status) {
    Wait.until(
        Duration.ofSeconds(60),
        () -> agent.log().checks("page").getLast().at("/monitor/status").asText().equals(status),
        () -> status + " in " + agent.log().checks("page"));
  }

  @Then("the reason is {string}")
  public void reason(String kind) {
    assertThat(entry().at("/error/type").asText()).isEqualTo(kind);
    assertThat(entry().at("/error/message").asText()).isNotBlank();
  }

  @Then("the reasons are")
  public void reasons(Map<String, String> kinds) {
    Map<String, String> seen = new HashMap<>();
    kinds
        .keySet()
        .forEach(
            page -> seen.put(page, agent.log().checks(page).getFirst().at("/error/type").asText()));
    assertThat(seen).isEqualTo(kinds);
  }

  @Then("the log entry has the time of the check")
  public void time() {
    Instant at = Instant.parse(entry().required("@timestamp").asText());
    assertThat(at).isBetween(Instant.now().minusSeconds(60), Instant.now());
  }

  @Then("the log entry has the URL")
  public void url() {
    assertThat(entry().at("/url/full").asText()).isEqualTo(url);
  }

  @Then("the log entry has the status code")
  public void loggedStatusCode() {
    assertThat(entry().at("/http/response/status_code").isInt()).isTrue();
  }

  @Then("the log entry has whether the pattern matched")
  public void loggedMatch() {
    assertThat(entry().at("/webmon/content_matched").isBoolean()).isTrue();
  }

  @Then("the log entry has the response time")
  public void responseTime() {
    long total = entry().at("/monitor/duration/us").asLong();
    assertThat(total).isBetween(1L, Duration.ofSeconds(10).toNanos() / 1000);
    assertThat(entry().at("/http/rtt/response_header/us").asLong()).isBetween(1L, total);
  }

  private JsonNode entry() {
    return agent.log().checks("page").getFirst();
  }

  private static String get(Map<String, String> row, String column) {
    String text = row.get(column);
    if (text == null) {
      throw new IllegalArgumentException("no column " + column);
    }
    return text;
  }

  private static javax.net.ssl.SSLContext ownCertificate() {
    HeldCertificate certificate =
        new HeldCertificate.Builder().addSubjectAlternativeName("127.0.0.1").build();
    return new HandshakeCertificates.Builder().heldCertificate(certificate).build().sslContext();
  }

  @After("@checking")
  public void close() {
    agent.close();
    torn.close();
    forged.close();
    site.close();
    workplace.close();
  }
}
