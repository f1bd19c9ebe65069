package webmon.result;

import java.util.Locale;
import java.util.Optional;

/** What one check says of its page. The code is what stands in logs, reports, the API and SQL. */
public enum Status {
  UP("success"),
  DEGRADED("success"),
  DOWN("failure"),
  /** The agent could not tell, for instance because it was offline itself. */
  UNKNOWN("unknown"),
  /** A check that could not start before its next turn. */
  MISSED("unknown");

  private final String code = name().toLowerCase(Locale.ROOT);
  private final String outcome;

  Status(String outcome) {
    this.outcome = outcome;
  }

  /** The lower-case word, for instance {@code degraded}. */
  public String code() {
    return code;
  }

  /** The value of {@code event.outcome} in the Elastic Common Schema. */
  public String outcome() {
    return outcome;
  }

  public static Optional<Status> ofCode(String code) {
    for (Status status : values()) {
      if (status.code.equals(code)) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }
}
