package webmon.agent.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import okhttp3.MediaType;
import okio.Buffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import webmon.configuration.Masking;
import webmon.result.Observation;

/** Patterns, excerpts and words: nothing here touches a network. */
class PureRulesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Log in         | Please Log in here   | true  | true
          Log in         | Please log in here   | true  | false
          (?i)LOG IN     | Please Log in here   | false | true
          v1\\.2\\.3     | version v1.2.3       | true  | true
          v1\\.2\\.3     | version v1x2x3       | true  | false
          \\d+ items     | we have 12 items     | false | true
          ^Please        | yes Please           | false | false
          """)
  void findsPatternsLiteralOrNot(String expression, String text, boolean literal, boolean found) {
    ContentPattern pattern = ContentPattern.of(expression);

    assertThat(pattern.isLiteral()).isEqualTo(literal);
    assertThat(pattern.isFoundIn(text)).isEqualTo(found);
  }

  @Test
  void saysWhatIsWrongWithAPattern() {
    assertThatThrownBy(() -> ContentPattern.of("Log (in"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("missing closing ): Log (in");
  }

  @Test
  void takesTheTimeOfTheTextForPatternsThatAreEvilElsewhere() {
    // With backtracking this would not end within the life of the sun.
    assertThat(ContentPattern.of("(a|a)*b$").isFoundIn("a".repeat(5_000))).isFalse();
  }

  @Property
  void excerptsFitAndStayOnOneLine(@ForAll String text) {
    String excerpt = Excerpt.of(text, Masking.NONE);
    if (excerpt != null) {
      byte[] bytes = excerpt.getBytes(StandardCharsets.UTF_8);
      assertThat(bytes).hasSizeBetween(1, Observation.MOST_EXCERPT_BYTES);
      // No half character: else the decoder would put in something else.
      assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(excerpt);
      assertThat(excerpt.codePoints().noneMatch(Character::isISOControl)).isTrue();
    }
  }

  @Test
  void cutsAnExcerptOnTheBorderOfACharacter() {
    assertThat(Excerpt.of("x" + "😀".repeat(200), Masking.NONE)).isEqualTo("x" + "😀".repeat(127));
    assertThat(Excerpt.of(" \n\u0000 ", Masking.NONE)).isNull();
    assertThat(Excerpt.of("a\uD800b\u202Ec", Masking.NONE)).isEqualTo("a\uFFFDb c");
  }

  private static String decoded(byte[] bytes, @Nullable MediaType type) throws IOException {
    Body body = new Body(true);
    assertThat(body.fill(new Buffer().write(bytes))).isTrue();
    return body.text(type);
  }

  @Test
  void decodesWhateverItIsGiven() throws Exception {
    MediaType utf16 = MediaType.parse("text/html; charset=utf-16");
    assertThat(decoded(new byte[] {(byte) 0xC3}, null)).isEqualTo("\uFFFD");
    assertThat(decoded("Käse".getBytes(StandardCharsets.UTF_16LE), null)).isNotEqualTo("Käse");
    assertThat(decoded("Käse".getBytes(StandardCharsets.UTF_16), utf16)).isEqualTo("Käse");
    assertThat(decoded("Käse".getBytes(StandardCharsets.UTF_16), null)).isEqualTo("Käse");
  }

  @Test
  void keepsOnlyTheBeginningOfABodyNobodySearches() throws Exception {
    Body body = new Body(false);

    boolean whole = body.fill(new Buffer().writeUtf8("Oh! " + "x".repeat(900_000)));

    assertThat(whole).isTrue();
    assertThat(body.bytes()).isEqualTo(900_004);
    assertThat(body.text(null)).startsWith("Oh! x").hasSizeLessThan(40_000);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 ms",
    "400, 0.4 ms",
    "9960, 10 ms",
    "12400, 12 ms",
    "999900, 1 s",
    "1500000, 1.5 s",
    "10000000, 10 s",
    "75000000, 75 s"
  })
  void saysHowLong(long micros, String words) {
    assertThat(Words.of(Duration.ofNanos(micros * 1_000))).isEqualTo(words);
  }

  @Test
  void quotesNoMoreThanALine() {
    assertThat(Words.quoted("Log in")).isEqualTo("\"Log in\"");
    assertThat(Words.quoted("é".repeat(200))).hasSize(82).endsWith("…\"");
    assertThat(Words.bytes(1_234_567)).isEqualTo("1,234,567 bytes");
  }
}
