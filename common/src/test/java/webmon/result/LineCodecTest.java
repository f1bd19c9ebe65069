package webmon.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import webmon.report.Golden;

class LineCodecTest {
  private static final String UP = Golden.text("line-2-up.json");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"sequence\":2 | \"sequence\":0",
        "\"sequence\":2 | \"sequence\":-2",
        "\"sequence\":2 | \"sequence\":2.0",
        "\"sequence\":2 | \"sequence\":1e1",
        "\"status\":\"up\" | \"status\":\"sideways\"",
        "\"status\":\"up\" | \"status\":\"down\"",
        "\"id\":\"wikipedia\" | \"id\":\"../etc\"",
        "\"status_code\":200 | \"status_code\":99",
        "\"us\":1200 | \"us\":-1",
        "\"dataset\":\"webmon.check\" | \"dataset\":\"webmon.poem\"",
        "2026-11-22T10:04:00.000123Z | 1826-11-22T10:04:00Z",
        "\"full\":\"https | \"full\":\"\\u0000https",
        "\"outcome\" | \"dataset\""
      })
  void refusesALineThatIsNotSound(String from, String to) {
    assertThat(UP).contains(from);
    byte[] line = UP.replace(from, to).getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> LineCodec.decode(line)).isInstanceOf(MalformedLineException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{}", "{", "{}{}", "\"up\"", "\u0000"})
  void refusesWhatIsNoJsonObject(String text) {
    assertThatThrownBy(() -> LineCodec.decode(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(MalformedLineException.class);
  }

  @Property(tries = 2_000)
  void neverFailsInAnotherWay(
      @ForAll @IntRange(max = 1_400) int position, @ForAll byte value, @ForAll boolean cut) {
    byte[] line = UP.getBytes(StandardCharsets.UTF_8);
    int index = position % line.length;
    line[index] = value;
    byte[] sent = cut ? java.util.Arrays.copyOf(line, index) : line;
    try {
      LogLine read = LineCodec.decode(sent);
      assertThat(LineCodec.decode(LineCodec.encode(read))).isEqualTo(read);
    } catch (MalformedLineException expected) {
      assertThat(expected.getMessage()).isNotBlank();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"somersault", "dns"})
  void readsAKindOfFailureThatANewerAgentKnows(String kind) throws Exception {
    String line = Golden.text("line-3-down.json").replace("content_missing", kind);
    CheckResult read = (CheckResult) LineCodec.decode(line.getBytes(StandardCharsets.UTF_8));
    assertThat(read.failure())
        .extracting(failure -> failure.kind())
        .isEqualTo(kind.equals("dns") ? FailureKind.DNS : FailureKind.OTHER);
  }
}
