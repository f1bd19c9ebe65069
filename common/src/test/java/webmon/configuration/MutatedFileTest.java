package webmon.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever stands in a file, reading it ends in settings or in problems, never in an exception. */
class MutatedFileTest {
  private static final String WHOLE =
      """
      [agent]
      id = "a"
      region = "${REGION}"
      max_disk = "2GiB"
      [server]
      address = "[::1]:8080"
      database_url = "jdbc:postgresql://db/webmon"
      keys_file = "${file:x}"
      [defaults]
      interval = "5m"
      quorum = "60%"
      tags = { team = "web" }
      [[web_page]]
      url = "https://u:p@example.com:8443/${TOKEN}?a=b"
      content_pattern = ["a(b|c)", '\\d+']
      expected_status = [304, "200-299"]
      timeout = 2.5
      enabled = true
      [[channel]]
      name = "x"
      """
          + Written.REPORT
          + "queue_url = 'http://q/x'\n";

  record Edit(int at, int cut, String put) {
    String applyTo(String text) {
      int start = at % (text.length() + 1);
      int end = Math.min(text.length(), start + cut);
      return text.substring(0, start) + put + text.substring(end);
    }
  }

  @Provide
  Arbitrary<List<Edit>> edits() {
    Arbitrary<String> put =
        Arbitraries.oneOf(
            Arbitraries.of(
                "",
                "\"",
                "'",
                "'''",
                "[",
                "]",
                "[[",
                "{",
                "}",
                "=",
                "\n",
                "#",
                ".",
                ",",
                "${",
                "$${",
                "${file:",
                "}",
                "://",
                "@",
                ":",
                "%",
                "\\",
                "(",
                "\u0000",
                "\uFEFF",
                "\uD800",
                "1e999",
                "-",
                "nan",
                "true",
                "1979-05-27",
                "0x",
                "日",
                "\r",
                "%zz",
                "[[web_page]]\n",
                "[agent]\n",
                "url = 'https://example.com'\n",
                "[::",
                "]:"),
            Arbitraries.strings().ofMaxLength(8));
    return Combinators.combine(
            Arbitraries.integers().between(0, 5_000), Arbitraries.integers().between(0, 12), put)
        .as(Edit::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(6);
  }

  private static void check(Reading reading) {
    switch (reading) {
      case Reading.Usable usable ->
          usable
              .configuration()
              .webPages()
              .forEach(page -> assertThat(page.definition()).isNotNull());
      case Reading.Broken broken -> assertThat(broken.problems()).anyMatch(Problem::isError);
    }
    assertThat(reading.problems())
        .allSatisfy(problem -> assertThat(problem.toString()).doesNotContain("\n", "hush-hush"));
  }

  @Property(tries = 2_000)
  void neverThrowsOnAnEditedFile(@ForAll("edits") List<Edit> edits) {
    String text = WHOLE;
    for (Edit edit : edits) {
      text = edit.applyTo(text);
    }
    check(Written.read(text, Map.of("REGION", "eu", "TOKEN", "hush-hush")));
  }

  @Property(tries = 500)
  void neverThrowsOnAnyText(@ForAll String text) {
    check(Written.read(text));
  }

  @Property(tries = 500)
  void neverThrowsOnAnyBytes(@ForAll byte[] bytes) {
    check(Written.read(new String(bytes, StandardCharsets.ISO_8859_1)));
  }
}
