package webmon.server.results;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import webmon.result.CheckResult;
import webmon.result.MicrosecondTime;
import webmon.result.Observation;
import webmon.result.Phases;

/** A result to be stored, with the numbers that its names stand for. */
public record NewResult(
    int streamId, int agentId, int monitorId, int definitionId, CheckResult result) {

  Observation seen() {
    return result.observation();
  }

  Phases phases() {
    return seen().phases();
  }

  long dueOffsetUs() {
    return MicrosecondTime.micros(Duration.between(result.dueAt(), result.at()));
  }

  long durationUs() {
    return MicrosecondTime.micros(seen().duration());
  }

  @Nullable Integer kind() {
    return result.failure() == null ? null : Codes.of(result.failure().kind());
  }

  /** The nearest that an int4 can say; the detail then says the rest. */
  static @Nullable Integer int4(@Nullable Long micros) {
    return micros == null ? null : Math.clamp(micros, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }
}
