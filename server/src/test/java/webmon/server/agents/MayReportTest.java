package webmon.server.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MayReportTest {
  @ParameterizedTest
  @CsvSource({
    "*, shop, true",
    "shop, shop, true",
    "shop, shop-1, false",
    "shop-*, shop-1, true",
    "shop-*, shop, false",
    "*-eu, shop-eu, true",
    "*-eu, shop-eu-1, false",
    "a*b*c, aXXbYYc, true",
    "a*b*c, aXXcYYb, false",
    "a**, a, true",
    "'', shop, false",
    "sh?p, shop, false",
    "s.op, shop, false"
  })
  void takesAStarForAnyCharactersAndTheRestAsItIs(String pattern, String monitor, boolean may) {
    assertThat(new MayReport(List.of(pattern)).allows(monitor)).isEqualTo(may);
    assertThat(new MayReport(List.of("nothing", pattern)).allows(monitor)).isEqualTo(may);
  }

  @ParameterizedTest
  @CsvSource({"40"})
  void isNotSlowForAnyPattern(int stars) {
    assertThat(new MayReport(List.of("a*".repeat(stars) + "b")).allows("a".repeat(64))).isFalse();
  }
}
