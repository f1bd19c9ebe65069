package webmon.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcknowledgementTest {
  @ParameterizedTest
  @CsvSource({
    "1, 900, true",
    "850, 901, false",
    "901, 901, false",
    "1001, 1004, true",
    "1001, 1005, true",
    "1005, 1005, true",
    "1004, 1006, false",
    "1000, 1001, false"
  })
  void settlesWhatIsReceivedRefusedOrBelowContiguous(long first, long last, boolean settled) {
    assertThat(Golden.acknowledgement().settles(first, last)).isEqualTo(settled);
  }
}
