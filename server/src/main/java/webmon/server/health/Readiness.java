package webmon.server.health;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the server needs to do its work, each asked when somebody wants to know. */
public final class Readiness {
  private final Map<String, Check> checks;

  /** One thing that is needed. */
  @FunctionalInterface
  public interface Check {
    /** Empty if it is there; else a sentence what is wrong. Does not throw, and answers in time. */
    Optional<String> trouble();
  }

  /**
   * @param checks by the names that answers carry
   */
  public Readiness(Map<String, Check> checks) {
    this.checks = new LinkedHashMap<>(checks);
  }

  /** What is wrong, by name; empty if nothing is. */
  public Map<String, String> troubles() {
    Map<String, String> troubles = new LinkedHashMap<>();
    checks.forEach((name, check) -> check.trouble().ifPresent(why -> troubles.put(name, why)));
    return troubles;
  }

  public Map<String, Check> checks() {
    return Map.copyOf(checks);
  }
}
