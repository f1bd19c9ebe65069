package webmon.acceptance.features;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cucumber.java.After;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import org.jspecify.annotations.Nullable;
import webmon.acceptance.driver.Api;
import webmon.acceptance.driver.JarProcess;
import webmon.acceptance.driver.Site;
import webmon.acceptance.driver.Workplace;

/** For {@code commands.feature}: one command at a time, and how it ended. */
public final class CommandsSteps {
  private final Workplace workplace = Workplace.make("commands");
  private final Site site = Site.open();
  private JarProcess.@Nullable Ended ended;

  @Given("this configuration file")
  public void configuration(String text) {
    Workplace.write(workplace.folder().resolve("config.toml"), text + "\n");
  }

  @Given("a site whose page answers {int} with {string}")
  public void page(int status, String body) {
    site.page("/page", status, body);
  }

  @When("somebody runs {string}")
  public void run(String command) {
    ended = JarProcess.run(workplace.folder(), "", command.split(" "));
  }

  @When("somebody checks it with the pattern {string}")
  public void check(String pattern) {
    ended =
        JarProcess.run(workplace.folder(), "", "check", site.url("/page"), "--pattern", pattern);
  }

  @When("somebody checks it as JSON")
  public void checkAsJson() {
    ended = JarProcess.run(workplace.folder(), "", "check", site.url("/page"), "--json");
  }

  @Then("the exit code is {int}")
  public void exitCode(int code) {
    assertThat(ended().exitCode()).as("%s", ended()).isEqualTo(code);
  }

  @Then("a problem is told at line {int} with {string}")
  public void problem(int line, String word) {
    assertThat((ended().out() + ended().err()).lines())
        .anyMatch(said -> said.contains("config.toml:" + line + ":") && said.contains(word));
  }

  @Then("the answer shows {string}")
  public void shows(String text) {
    assertThat(ended().out()).contains(text);
  }

  @Then("nothing of it is a stack trace")
  public void noStackTrace() {
    assertThat(ended().out() + ended().err()).doesNotContain("\tat ", "Exception");
  }

  @Then("the JSON says that the page is {string} because of {string}")
  public void json(String status, String kind) {
    JsonNode result = Api.read(ended().out());
    assertThat(result.toString()).contains('"' + status + '"', '"' + kind + '"');
  }

  private JarProcess.Ended ended() {
    if (ended == null) {
      throw new AssertionError("no command was run");
    }
    return ended;
  }

  @After("@commands")
  public void close() {
    site.close();
    workplace.close();
  }
}
