package webmon.agent.schedule;

import java.time.Instant;
import webmon.result.FailureKind;
import webmon.result.Observation;
import webmon.result.Status;

/** Consecutive turns of one monitor that passed without a check, not told yet. */
record Missed(Reason reason, int count, Instant first, Instant last, long sinceNanos) {

  enum Reason {
    STILL_RUNNING("the check before was still running"),
    AGENT_BUSY("the agent was busy with as many checks as it may run at once"),
    AGENT_STALLED("the agent did not get any time from its machine");

    private final String words;

    Reason(String words) {
      this.words = words;
    }
  }

  Missed and(Instant due) {
    return new Missed(reason, count + 1, first, due, sinceNanos);
  }

  Observation observation() {
    String what = count == 1 ? "the check could not start: " : count + " checks could not start: ";
    return Observation.without(Status.MISSED, FailureKind.INTERNAL, what + reason.words);
  }
}
