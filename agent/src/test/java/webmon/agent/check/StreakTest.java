package webmon.agent.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import webmon.result.Failure;
import webmon.result.FailureKind;
import webmon.result.Observation;
import webmon.result.Phases;
import webmon.result.Status;

class StreakTest {

  private static Observation seen(Status status) {
    return new Observation(
        status,
        status == Status.UP ? null : new Failure(FailureKind.HTTP_STATUS, "status 500"),
        Duration.ofMillis(1),
        Phases.NONE,
        500,
        3L,
        null,
        "10.0.0.7",
        List.of(),
        status == Status.DOWN ? "Oh!" : null,
        null);
  }

  @Test
  void keepsTheExcerptOfTheFirstOfAStreakOnly() {
    List<@Nullable String> excerpts = new ArrayList<>();
    Streak streak = Streak.NONE;
    for (Status status :
        List.of(
            Status.DOWN,
            Status.DOWN,
            Status.UNKNOWN,
            Status.MISSED,
            Status.DOWN, // one streak
            Status.UP,
            Status.DOWN,
            Status.DEGRADED,
            Status.DOWN)) {
      excerpts.add(streak.logged(seen(status)).excerpt());
      streak = streak.after(status);
    }
    assertThat(excerpts).containsExactly("Oh!", null, null, null, null, null, "Oh!", null, null);
  }

  @Test
  void leavesTheRestAsItWas() {
    Observation second = new Streak(true).logged(seen(Status.DOWN));
    assertThat(second.failure()).isEqualTo(seen(Status.DOWN).failure());
    assertThat(second.httpStatus()).isEqualTo(500);
    assertThat(new Streak(false).logged(seen(Status.DOWN))).isEqualTo(seen(Status.DOWN));
  }
}
