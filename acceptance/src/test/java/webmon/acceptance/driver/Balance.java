package webmon.acceptance.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * The first promise, checked from outside: the set of (stream, sequence, SHA-256 of the line) in
 * the database is that of the agent's log.
 */
public final class Balance {
  private Balance() {}

  /**
   * While the agent goes on: all that is in its log now arrives, and the server has nothing that
   * the log has not.
   */
  public static void awaitArrival(Set<Line> logged, Database database, AgentProcess agent) {
    awaitArrival(logged, database, agent.id(), Duration.ofSeconds(60));
    assertThat(database.evidence(agent.id())).isSubsetOf(agent.log().identities());
    assertThat(database.countedTwice(agent.id())).isEmpty();
  }

  /** Waits until all these lines are in the database. */
  public static void awaitArrival(
      Set<Line> logged, Database database, String agent, Duration limit) {
    Wait.until(
        limit,
        () -> database.evidence(agent).containsAll(logged),
        () -> missing(logged, database, agent));
  }

  private static String missing(Set<Line> logged, Database database, String agent) {
    Set<Line> missing = new HashSet<>(logged);
    missing.removeAll(database.evidence(agent));
    return missing.size() + " of " + logged.size() + " lines are missing: " + missing;
  }
}
