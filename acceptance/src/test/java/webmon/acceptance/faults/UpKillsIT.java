package webmon.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import webmon.acceptance.driver.Balance;
import webmon.acceptance.driver.Installation;
import webmon.acceptance.driver.Line;
import webmon.acceptance.driver.Pages;
import webmon.acceptance.driver.Site;
import webmon.acceptance.driver.Wait;
import webmon.acceptance.driver.Workplace;

/** {@code kill -9} of the whole system in one process, whose queue is in its memory. */
final class UpKillsIT {
  private final Workplace workplace = Workplace.make("up-kills");
  private final Site site = Site.open().page("/", 200, "Welcome");
  private final Installation installation =
      new Installation(workplace.folder()).configure(Pages.page("page", site.url("/"), "Welcome"));

  @Test
  void everythingAtOnceWithReportsInTheQueue() {
    installation.start();
    awaitMoreChecks(3);
    installation.kill();

    // It has found the old data when the results of before are there.
    Set<Line> logged = installation.log().identities();
    installation.start();
    arrived(logged);
    assertThat(installation.api().results("page")).isNotEmpty();

    // Again, as soon as the agent has begun to write.
    installation.kill();
    int before = installation.log().lines().size();
    installation.begin();
    Wait.until(
        Duration.ofSeconds(60),
        () -> installation.log().lines().size() > before,
        () -> "a further line in the log: " + installation.process().output());
    installation.kill();

    // And once more, while it starts.
    installation.begin().await("PostgreSQL|\\S", Duration.ofSeconds(60));
    installation.kill();

    logged = installation.log().identities();
    installation.start();
    arrived(logged);
  }

  private void awaitMoreChecks(int number) {
    int already = installation.log().checks("page").size();
    Wait.until(
        Duration.ofSeconds(60),
        () -> installation.log().checks("page").size() >= already + number,
        () -> number + " further results: " + installation.process().output());
  }

  private void arrived(Set<Line> logged) {
    String agent = installation.agent();
    Balance.awaitArrival(logged, installation.database(), agent, Duration.ofSeconds(60));
    assertThat(installation.database().evidence(agent)).isSubsetOf(installation.log().identities());
    assertThat(installation.database().countedTwice(agent)).isEmpty();
    assertThat(installation.database().forks(agent)).isZero();
  }

  @AfterEach
  void close() {
    installation.close();
    site.close();
    workplace.close();
  }
}
