package webmon.benchmarks;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import webmon.acceptance.driver.Balance;
import webmon.acceptance.driver.Database;
import webmon.acceptance.driver.Line;

/** The lines of a log against those of the database. */
record Verdict(
    String kills,
    int logged,
    int stored,
    Set<Line> missing,
    Set<Line> foreign,
    int twice,
    long forks) {

  /** Waits at most so long for what is missing; nothing may be written any more. */
  static Verdict reach(
      String kills, Set<Line> logged, Database database, String agent, Duration limit) {
    try {
      Balance.awaitArrival(logged, database, agent, limit);
    } catch (AssertionError late) {
      // The sets below say the same, and more.
      System.err.println(late.getMessage());
    }
    Set<Line> stored = database.evidence(agent);
    return new Verdict(
        kills,
        logged.size(),
        stored.size(),
        minus(logged, stored),
        minus(stored, logged),
        database.countedTwice(agent).size(),
        database.forks(agent));
  }

  private static Set<Line> minus(Set<Line> one, Set<Line> other) {
    Set<Line> rest = new HashSet<>(one);
    rest.removeAll(other);
    return rest;
  }

  boolean good() {
    return logged > 0 && missing.isEmpty() && foreign.isEmpty() && twice == 0 && forks == 0;
  }

  @Override
  public String toString() {
    return "%s: %d lines logged, %d stored, %d missing, %d foreign, %d twice, %d forks"
        .formatted(kills, logged, stored, missing.size(), foreign.size(), twice, forks);
  }
}
