package webmon.server.monitors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Until the verdict exists, a state is that of the newest results. */
class LastResultStateTest {

  @ParameterizedTest
  @CsvSource({
    "'',              unknown",
    "up,              up",
    "down,            down",
    "degraded,        degraded",
    "missed,          unknown",
    "unknown,         unknown",
    "down up,         up",
    "down down,       down",
    "down degraded,   degraded",
    "down missed,     down",
    "up unknown,      up",
  })
  void ofARegion(String statuses, String state) {
    assertThat(LastResultState.ofRegion(words(statuses))).isEqualTo(state);
  }

  @ParameterizedTest
  @CsvSource({
    "'',               unknown",
    "unknown unknown,  unknown",
    "up,               up",
    "down,             down",
    "up up,            up",
    "up down,          degraded",
    "down down,        down",
    "up up down,       degraded",
    "up down down,     down",
    "unknown down,     down",
    "unknown up,       up",
    "up degraded,      degraded",
    "degraded down,    degraded",
  })
  void ofAMonitor(String regions, String state) {
    assertThat(LastResultState.ofMonitor(words(regions))).isEqualTo(state);
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
  }
}
