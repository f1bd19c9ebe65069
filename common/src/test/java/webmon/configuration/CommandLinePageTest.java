package webmon.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLinePageTest {
  private static List<String> problems(String url, String... patterns) {
    return ConfigurationFile.ofPage(url, List.of(patterns)).problems().stream()
        .map(Problem::toString)
        .toList();
  }

  @Test
  void isAPageLikeOneOfAFile() {
    Configuration configuration =
        ConfigurationFile.ofPage("https://example.com/a", List.of("Log in")).orComplaint();
    assertThat(configuration.webPages())
        .containsExactly(
            WebPage.builder("https://example.com/a").id("check").contentPatterns("Log in").build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\d+",
        "\"",
        "a\nb",
        "]]",
        "\\$\\{x}",
        "x$",
        "\u0001",
        "日本",
        "'''",
        "\u2028",
        "😀",
        "\\Q${\\E"
      })
  void takesPatternsAsTheyAre(String pattern) {
    Configuration configuration =
        ConfigurationFile.ofPage("https://example.com/", List.of(pattern)).orComplaint();
    assertThat(configuration.webPages().getFirst().contentPatterns()).containsExactly(pattern);
  }

  @Test
  void doesNotLookIntoTheEnvironment() {
    assertThat(problems("https://example.com/${HOME}"))
        .singleElement()
        .asString()
        .contains("error: url: must be a valid URL: Illegal character in path");
  }

  @Test
  void saysWhatIsWrong() {
    assertThat(problems("example.com", "a("))
        .containsExactlyInAnyOrder(
            "command line: error: url: must be a URL that begins with http:// or https://; did you"
                + " mean \"https://example.com\"?",
            "command line: error: content_pattern: must be an RE2 regular expression (which has no"
                + " look-around and no back-references): missing closing ) at a(");
    assertThat(problems("\u0000")).hasSize(1);
    assertThat(problems("")).hasSize(1);
  }
}
