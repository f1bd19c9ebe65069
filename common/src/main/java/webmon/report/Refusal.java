package webmon.report;

import java.util.Optional;

/** Why an authentic report, or a part of it, cannot be accepted. Readers pass over unknown ones. */
public enum Refusal {
  WRONG_DEPLOYMENT("wrong_deployment"),
  WRONG_AGENT("wrong_agent"),
  WRONG_REGION("wrong_region"),
  MAY_NOT_REPORT("may_not_report"),
  MALFORMED("malformed"),
  REVOKED_KEY("revoked_key");

  private final String code;

  Refusal(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }

  public static Optional<Refusal> ofCode(String code) {
    for (Refusal refusal : values()) {
      if (refusal.code.equals(code)) {
        return Optional.of(refusal);
      }
    }
    return Optional.empty();
  }
}
