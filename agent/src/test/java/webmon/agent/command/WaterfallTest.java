package webmon.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import webmon.agent.check.Exchange;
import webmon.agent.check.Expectation;
import webmon.agent.check.Inspection;
import webmon.result.Failure;
import webmon.result.FailureKind;
import webmon.result.Observation;
import webmon.result.Phases;
import webmon.result.Status;

class WaterfallTest {
  private static final Paint PLAIN = new Paint(false, false);

  private static Exchange exchange(Phases phases, @Nullable Integer status) {
    return new Exchange(
        "http://x/", "HTTP/1.1", null, null, status, "", phases, List.of(), List.of());
  }

  private static Inspection inspection(
      long millis, @Nullable Failure failure, boolean answered, Exchange... exchanges) {
    Observation observation =
        new Observation(
            failure == null ? Status.UP : Status.DOWN,
            failure,
            Duration.ofMillis(millis),
            Phases.NONE,
            null,
            null,
            null,
            null,
            List.of(),
            null,
            null);
    List<Expectation> expectations =
        answered ? List.of(new Expectation("status 200", true, "200")) : List.of();
    return new Inspection(observation, expectations, List.of(exchanges));
  }

  @Test
  void drawsEachPhaseWhereItWas() {
    Inspection inspection =
        inspection(
            88, null, true, exchange(new Phases(8_000L, 22_000L, null, 56_000L, 2_000L), 200));

    assertThat(Waterfall.of(inspection, PLAIN))
        .containsExactly(
            "  dns         ####                                                8.0 ms",
            "  connect         ###########                                    22.0 ms",
            "  wait                       ############################        56.0 ms",
            "  transfer                                               #        2.0 ms",
            "  total                                                          88.0 ms");
  }

  @Test
  void givesARedirectARowOfItsOwn() {
    Inspection inspection =
        inspection(
            44,
            null,
            true,
            exchange(new Phases(null, 1_000L, null, 20_000L, 1_000L), 301),
            exchange(new Phases(null, null, null, 22_000L, null), 200));

    assertThat(Waterfall.of(inspection, PLAIN))
        .containsExactly(
            "  301         ######################                             22.0 ms",
            "  wait                              ######################       22.0 ms",
            "  total                                                          44.0 ms");
  }

  @Test
  void drawsWhatDidNotEnd() {
    Inspection inspection =
        inspection(
            44,
            new Failure(FailureKind.TIMEOUT, "too late"),
            false,
            exchange(new Phases(null, 22_000L, null, null, null), null));

    assertThat(Waterfall.of(inspection, PLAIN))
        .containsExactly(
            "  connect     ######################                             22.0 ms",
            "  unfinished                        ......................       22.0 ms",
            "  total                                                          44.0 ms");
  }

  @Test
  void neverLeavesItsColumns() {
    Inspection odd =
        inspection(
            1, null, true, exchange(new Phases(900_000L, 0L, 900_000L, 0L, 99_999_000L), 200));

    assertThat(Waterfall.of(odd, PLAIN)).allMatch(row -> row.length() == 72);
  }
}
