package webmon.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads texts as if they were files, with variables that a test chooses. */
final class Written {
  static final String KEY =
      "{ kty = \"OKP\", crv = \"X25519\", use = \"enc\", x = \"hSDwCYkwp1R0i33ctD73Wg\" }";
  static final String REPORT =
      """
      [report]
      deployment = "00112233445566778899aabbccddeeff"
      server_keys = [%s]
      """
          .formatted(KEY);

  private Written() {}

  static Reading read(String text, Map<String, String> environment) {
    return ConfigurationFile.parse(
        text, "test.toml", Section.all(), environment::get, Path.of("."));
  }

  static Reading read(String text) {
    return read(text, Map.of());
  }

  /** Fails with the problems if there is an error. */
  static Configuration usable(String text, Map<String, String> environment) {
    Reading reading = read(text, environment);
    assertThat(reading).as("%s", reading.problems()).isInstanceOf(Reading.Usable.class);
    return ((Reading.Usable) reading).configuration();
  }

  static Configuration usable(String text) {
    return usable(text, Map.of());
  }

  /** The only page of a file with these lines in it. */
  static WebPage page(String lines, Map<String, String> environment) {
    return usable("[[web_page]]\n" + lines, environment).webPages().getFirst();
  }

  static WebPage page(String lines) {
    return page(lines, Map.of());
  }

  static ReportSettings report(String lines) {
    ReportSettings report = usable(REPORT + lines).report();
    assertThat(report).isNotNull();
    return report;
  }

  /** As {@code validate} prints them, without the name of the file. */
  static List<String> problems(String text, Map<String, String> environment) {
    return read(text, environment).problems().stream()
        .map(problem -> problem.toString().replaceFirst("^test\\.toml:? ?", ""))
        .toList();
  }

  static List<String> problems(String text) {
    return problems(text, Map.of());
  }
}
