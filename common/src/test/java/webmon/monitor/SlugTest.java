package webmon.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlugTest {
  @ParameterizedTest
  @CsvSource({
    "Wikipedia, wikipedia",
    "'  Café de Flore: Menü! ', cafe-de-flore-menu",
    "https://example.com/a?b=c, https-example-com-a-b-c",
    "日本, ''",
    "'', ''"
  })
  void keepsLatinLettersAndDigits(String text, String slug) {
    assertThat(Slug.of(text)).isEqualTo(slug);
  }

  @ParameterizedTest
  @CsvSource({"63", "64", "65", "200"})
  void isNeverLongerThanItMayBe(int length) {
    String slug = Slug.of("a-".repeat(length));
    assertThat(slug.length()).isLessThanOrEqualTo(Slug.MOST_CHARACTERS);
    assertThat(Slug.isValid(slug)).isTrue();
  }
}
