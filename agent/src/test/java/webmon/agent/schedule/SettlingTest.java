package webmon.agent.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import webmon.result.Status;

class SettlingTest {

  /** U up, G degraded, D down, ? unknown, m missed; then s settled, - not yet. */
  @ParameterizedTest
  @CsvSource({
    "UUU, sss",
    "UDD, s-s",
    "DDDD, -sss",
    "UDUD, s-s-", // each streak is broken before it reaches two
    "DDUD, -s-s",
    "DDUU, -s-s",
    "DDUDUU, -s-s-s",
    "D?D, --s",
    "DmmD, ---s",
    "D?U, --s",
    "GG, -s",
    "GU, -s",
    "GDD, --s", // not good for both, but down has to be confirmed by itself
    "DG, -s", // down is broken, degraded is confirmed by both
    "GGUU, -s-s",
    "DDGGUU, -s-s-s",
    "?mU, sss"
  })
  void settlesByTheThresholdsOfTheServer(String results, String settled) {
    assertThat(run(results, 2, 2)).isEqualTo(settled);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, DUDU, ssss", "3, 1, DDDU, --ss", "1, 3, DUUU, s--s"})
  void usesTheMonitorsThresholds(int failures, int recoveries, String results, String settled) {
    assertThat(run(results, failures, recoveries)).isEqualTo(settled);
  }

  private static String run(String results, int failures, int recoveries) {
    StringBuilder seen = new StringBuilder();
    Settling settling = Settling.UP;
    for (char result : results.toCharArray()) {
      settling = settling.after(status(result), failures, recoveries);
      seen.append(settling.settled() ? 's' : '-');
    }
    return seen.toString();
  }

  private static Status status(char result) {
    return switch (result) {
      case 'U' -> Status.UP;
      case 'G' -> Status.DEGRADED;
      case 'D' -> Status.DOWN;
      case '?' -> Status.UNKNOWN;
      default -> Status.MISSED;
    };
  }
}
