package webmon.acceptance.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import webmon.acceptance.driver.Installation;
import webmon.acceptance.driver.JarProcess;
import webmon.acceptance.driver.Pages;
import webmon.acceptance.driver.Site;
import webmon.acceptance.driver.Wait;
import webmon.acceptance.driver.Workplace;

/** {@code webmon up}: what it does when all is well, and what it says when something is not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class UpIT {
  private final Workplace workplace = Workplace.make("up");
  private final Site site = Site.open().page("/", 200, "Welcome");
  private final Installation installation =
      new Installation(workplace.folder("one"))
          .configure(Pages.page("page", site.url("/"), "Welcome"));

  @BeforeAll
  void start() {
    installation.start();
  }

  @Test
  void printsALineACheck() {
    installation.process().await("page.*200|200.*page", Duration.ofSeconds(10));
  }

  @Test
  void aResultIsReadableWithinThreeSecondsOfItsCheck() {
    installation.api(); // makes the key, which takes a second of its own
    long already = newestSequence();
    Wait.until(
        Duration.ofSeconds(60),
        () -> newestSequence() > already,
        () -> "a further result in the log");
    long sequence = newestSequence();
    Instant checked =
        Instant.parse(installation.log().checks("page").getLast().path("@timestamp").asText());
    Wait.until(
        Duration.ofSeconds(60),
        () ->
            installation.api().results("page").stream()
                .anyMatch(result -> result.path("sequence").asLong() >= sequence),
        () -> "result " + sequence + " at the server");
    assertThat(Duration.between(checked, Instant.now())).isLessThan(Duration.ofSeconds(3));
  }

  private long newestSequence() {
    List<com.fasterxml.jackson.databind.JsonNode> checks = installation.log().checks("page");
    return checks.isEmpty() ? 0 : checks.getLast().at("/event/sequence").asLong();
  }

  @Test
  void theLoginLinkSetsASessionCookie() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI link = installation.loginLink();
      HttpRequest opened = HttpRequest.newBuilder(link).build();
      HttpResponse<String> page = client.send(opened, HttpResponse.BodyHandlers.ofString());
      assertThat(page.statusCode()).isEqualTo(200);
      // Its form is sent by the page itself: what merely fetches the link does not use it up.
      HttpRequest form =
          HttpRequest.newBuilder(link.resolve("/login"))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .header("Origin", link.getScheme() + "://" + link.getAuthority())
              .POST(HttpRequest.BodyPublishers.ofString(link.getQuery()))
              .build();
      HttpResponse<String> answer = client.send(form, HttpResponse.BodyHandlers.ofString());
      String cookie = answer.headers().firstValue("Set-Cookie").orElse("");
      assertThat(cookie).contains("HttpOnly").contains("SameSite");
      HttpRequest monitors =
          HttpRequest.newBuilder(installation.address().resolve("/api/v1/monitors"))
              .header("Cookie", cookie.substring(0, cookie.indexOf(';')))
              .build();
      assertThat(client.send(monitors, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
      HttpRequest nobody = HttpRequest.newBuilder(monitors.uri()).build();
      assertThat(client.send(nobody, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(401);
    }
  }

  @Test
  void aSecondOneOnTheFolderNamesTheFirst() {
    JarProcess.Ended ended =
        JarProcess.run(
            installation.folder(), "", "up", "--port", Integer.toString(Site.freePort()));
    assertThat(ended.exitCode()).as("%s", ended).isEqualTo(2);
    assertThat(ended.err()).contains(Long.toString(installation.process().pid()));
    assertSentence(ended);
  }

  @Test
  void aTakenPortNamesTheCure() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Workplace.write(
          workplace.folder("taken").resolve("config.toml"),
          Pages.page("page", site.url("/"), "Welcome"));
      JarProcess.Ended ended =
          JarProcess.run(
              workplace.folder("taken"),
              "",
              "up",
              "--port",
              Integer.toString(taken.getLocalPort()));
      assertThat(ended.exitCode()).as("%s", ended).isEqualTo(2);
      assertThat(ended.err()).contains("--port");
      assertSentence(ended);
    }
  }

  @Test
  void aBrokenConfigurationIsToldWithItsLine() {
    Workplace.write(
        workplace.folder("broken").resolve("config.toml"), "[[web_page]]\nurl = \"no address\"\n");
    JarProcess.Ended ended =
        JarProcess.run(
            workplace.folder("broken"), "", "up", "--port", Integer.toString(Site.freePort()));
    assertThat(ended.exitCode()).as("%s", ended).isEqualTo(2);
    assertThat(ended.err()).contains("config.toml:2:").doesNotContain("\tat ");
  }

  @Test
  void aFolderThatCannotBeWrittenIsAFaultOfTheMachine() throws IOException {
    Workplace.write(
        workplace.folder("closed").resolve("config.toml"),
        Pages.page("page", site.url("/"), "Welcome"));
    // Root may write anywhere but below a file.
    Files.writeString(workplace.folder("closed").resolve("file"), "");
    JarProcess.Ended ended =
        JarProcess.run(
            workplace.folder("closed"),
            "",
            "up",
            "--port",
            Integer.toString(Site.freePort()),
            "--folder",
            "file/data");
    assertThat(ended.exitCode()).as("%s", ended).isEqualTo(3);
    assertThat(ended.err()).contains("file/data");
    assertSentence(ended);
  }

  @Test
  void interruptedItStopsWithinFiveSecondsAndFindsItsDataAgain() {
    Installation other = new Installation(workplace.folder("two"));
    try (other) {
      other.configure(Pages.page("page", site.url("/"), "Welcome")).start();
      Wait.until(
          Duration.ofSeconds(60),
          () -> other.log().checks("page").size() >= 2,
          () -> "results in the log");
      long stopping = System.nanoTime();
      assertThat(other.stop()).isIn(0, 130);
      assertThat(Duration.ofNanos(System.nanoTime() - stopping)).isLessThan(Duration.ofSeconds(5));

      int before = other.log().checks("page").size();
      other.start();
      Wait.until(
          Duration.ofSeconds(60),
          () -> other.api().results("page").size() > before,
          () -> "the former results and a new one at the server");
    }
  }

  private static void assertSentence(JarProcess.Ended ended) {
    assertThat(ended.err().strip().lines()).as(ended.err()).hasSize(1);
    assertThat(ended.err()).doesNotContain("\tat ");
  }

  @AfterAll
  void stop() {
    installation.close();
    site.close();
    workplace.close();
  }
}
