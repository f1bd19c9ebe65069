package webmon.agent.check;

import webmon.result.Observation;
import webmon.result.Status;

/**
 * Results of one monitor in a row that were not {@code up}. Only the first of a streak keeps its
 * excerpt: the others would say the same thing again. {@code unknown} and {@code missed} neither
 * begin nor break a streak.
 */
public record Streak(boolean failing) {
  public static final Streak NONE = new Streak(false);

  public Streak after(Status status) {
    return switch (status) {
      case UP -> NONE;
      case DEGRADED, DOWN -> new Streak(true);
      case UNKNOWN, MISSED -> this;
    };
  }

  /** The next observation as it is to be logged, after those this streak knows. */
  public Observation logged(Observation next) {
    if (!failing || next.excerpt() == null) {
      return next;
    }
    return new Observation(
        next.status(),
        next.failure(),
        next.duration(),
        next.phases(),
        next.httpStatus(),
        next.bodyBytes(),
        next.contentMatched(),
        next.address(),
        next.hops(),
        null,
        next.certificateExpiresAt());
  }
}
