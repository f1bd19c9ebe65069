package webmon.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageProblemsTest {
  private static final String PAGE = "[[web_page]]\nurl = 'https://example.com'\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "intervall = 5          | 3:1: error: web_page.intervall: is not known; did you mean \"interval\"?",
        "Content-Pattern = 'x'  | 3:1: error: web_page.Content-Pattern: is not known; did you mean \"content_pattern\"?",
        "patern = 'x'           | 3:1: error: web_page.patern: is not known; allowed are basic_auth, ",
        "region = 'x'           | 3:1: error: web_page.region: does not belong here, but into [agent]",
        "'a b' = 1              | 3:1: error: web_page.\"a b\": is not known",
        "name = 1               | 3:1: error: web_page.name: must be a string, is an integer",
        "name = ''              | must be one line of at most 200 characters, is empty",
        "name = \"a\\nb\"       | must be one line of at most 200 characters, is \"a\\u000ab\"",
        "name = '日本'          | 1:1: error: web_page.id: is needed, since no id can be made of the name \"日本\": add for instance id = \"example\"",
        "id = 'A b'             | 3:1: error: web_page.id: must be lower-case letters, digits, ",
        "type = 'tcp'           | must be \"http\": a later version of webmon will know \"tcp\"",
        "type = 'ftp'           | must be \"http\", is \"ftp\"",
        "interval = 0           | must be from 1 s to 24 h, is 0 s",
        "interval = 0.999       | must be from 1 s to 24 h, is 999 ms",
        "interval = '25h'       | must be from 1 s to 24 h, is 25 h",
        "interval = -1          | 3:1: error: web_page.interval: must be a duration: a number of seconds, or \"250ms\", \"5s\", \"5m\", \"1h\", \"7d\", is -1",
        "interval = '5 min'     | must be a duration",
        "interval = nan         | must be a duration: a number of seconds, or \"250ms\", \"5s\", \"5m\", \"1h\", \"7d\", is a floating-point number",
        "interval = 1e300       | must be a duration",
        "interval = '999999999999999d' | must be a duration",
        "interval = true        | is a boolean",
        "interval = 2024-01-01  | is a date or time",
        "timeout = 61           | 3:1: error: web_page.timeout: must not be longer than the interval of 1 min, is 61 s",
        "timeout = '5ms'        | must be from 10 ms to 24 h, is 5 ms",
        "retry_interval = '2m'  | 3:1: error: web_page.retry_interval: must not be longer than the interval of 1 min, is 2 min",
        "failure_threshold = 0  | must be an integer from 1 to 100, is 0",
        "failure_threshold = 1.5 | must be an integer from 1 to 100, is a floating-point number",
        "recovery_threshold = '2' | must be an integer from 1 to 100, is a string",
        "quorum = 'most'        | must be \"majority\", \"any\", \"all\", a number of regions from 1 to 999, or a percentage as in \"60%\", is \"most\"",
        "quorum = 0             | is 0",
        "quorum = '101%'        | is \"101%\"",
        "quorum = 0.5           | is a floating-point number",
        "enabled = 'yes'        | must be true or false, is a string",
        "tags = ['a']           | must be a table, is an array",
        "tags = { a = 1 }       | 3:10: error: web_page.tags.a: must be a string, is an integer",
        "tags = { 'a b' = 'x' } | a tag's name must be",
        "expected_status = []   | 3:1: error: web_page.expected_status: must not be empty: leave the key out instead",
        "expected_status = 99   | must be a status from 100 to 599, or a range as in \"200-299\", is 99",
        "expected_status = [200, '299-200'] | 3:25: error: web_page.expected_status: must be a range from the smaller to the larger, is \"299-200\"",
        "expected_status = [200, {}] | 3:25: error: web_page.expected_status: must be a status from 100 to 599, or a range as in \"200-299\", is a table",
        "content_pattern = ''   | must not be empty: leave the key out instead",
        "content_pattern = ['a', 'b('] | 3:25: error: web_page.content_pattern: must be an RE2 regular expression (which has no look-around and no back-references): missing closing )",
        "content_pattern = 'a(?=b)' | invalid or unsupported Perl syntax at (?=",
        "content_pattern = 5    | must be a string, is an integer",
        "description = '${NO}'  | 3:1: error: web_page.description: the environment variable NO is not set: set it, or give a default as in ${NO:…}",
      })
  void saysWhatIsWrongAndWhatIsAllowed(String line, String problem) {
    assertThat(Written.problems(PAGE + line)).singleElement().asString().contains(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "example.com/a      | must be a URL that begins with http:// or https://; did you mean \"https://example.com/a\"?",
        "ftp://example.com  | must be a URL that begins with http:// or https://",
        "''                 | must be a URL that begins with http:// or https://",
        "https://           | must be a URL with a valid host, and a port from 1 to 65535 if there is one",
        "https:///a         | must be a URL with a valid host",
        "https://u@/a       | must be a URL with a valid host",
        "https://a..b/      | must be a URL with a valid host",
        "https://-a/        | must be a URL with a valid host",
        "https://exa mple/  | must be a URL with a valid host",
        "https://a:0/       | must be a URL with a valid host",
        "https://a:65536/   | must be a URL with a valid host",
        "https://a:/        | must be a URL with a valid host",
        "https://[::1/      | must be a URL with a valid host",
        "https://[::1]x/    | must be a URL with a valid host",
        "https://[::g]/     | must be a URL with a valid host",
        "https://[1:2]/     | must be a valid URL: ",
        "https://a/b c      | must be a valid URL: Illegal character in path; write such characters percent-encoded, a space as %20",
        "https://a/?x=^     | must be a valid URL: Illegal character in query",
        "https://u:secret%zz@a/ | must be a valid URL: Malformed escape pair",
      })
  void takesNoUrlThatCannotBeAskedFor(String url, String problem) {
    List<String> problems = Written.problems("[[web_page]]\nid = 'x'\nurl = \"" + url + "\"");
    assertThat(problems)
        .singleElement()
        .asString()
        .startsWith("3:1: error: web_page.url: ")
        .contains(problem)
        .doesNotContain("secret");
  }

  @Test
  void needsAUrlAndSaysSoAtThePage() {
    assertThat(Written.problems("\n[[web_page]]\nname = 'x'"))
        .containsExactly(
            "2:1: error: web_page.url: is missing: add for instance url = \"https://example.com/\"");
  }

  @Test
  void namesBothPagesThatShareAnId() {
    assertThat(
            Written.problems(
                PAGE + PAGE + "id = 'b'\n" + "[[web_page]]\nname = 'B'\nurl = 'http://b'\n" + PAGE))
        .containsExactly(
            "7:1: error: web_page.name: gives the id \"b\", which the web_page on line 3 has"
                + " already: give one of them another id",
            "10:1: error: web_page.url: gives the id \"example-com\", which the web_page on line 1"
                + " has already: give one of them another id");
  }

  @Test
  void saysWhereATimeOfTheDefaultsDoesNotFit() {
    assertThat(Written.problems("[defaults]\ntimeout = 20\n" + PAGE + "interval = 15"))
        .containsExactly(
            "5:1: error: web_page.interval: must not be shorter than the timeout of 20 s that"
                + " [defaults] give: set a timeout here too");
    assertThat(
            Written.problems(
                "[defaults]\nretry_interval = 90\n" + PAGE + "[[web_page]]\nurl = 'http://b'"))
        .containsExactly(
            "2:1: error: defaults.retry_interval: must not be longer than the interval of 1 min, is"
                + " 90 s");
  }

  @Test
  void tellsAWrongDefaultOnceAndEvenWithoutAPage() {
    String defaults = "[defaults]\ninterval = 'often'\ntimeout = 90\nurl = 'x'\n";
    List<String> expected =
        List.of(
            "2:1: error: defaults.interval: must be a duration: a number of seconds, or \"250ms\","
                + " \"5s\", \"5m\", \"1h\", \"7d\", is \"often\"",
            "4:1: error: defaults.url: does not belong here, but into [[web_page]]");
    assertThat(Written.problems(defaults)).isEqualTo(expected);
    assertThat(Written.problems(defaults + PAGE + "[[web_page]]\nurl = 'http://b'"))
        .isEqualTo(expected);
  }

  @Test
  void tellsAllProblemsOfAllPagesInTheOrderOfTheFile() {
    List<String> problems =
        Written.problems(
            """
            [[web_page]]
            name = "a"
            interval = "x"
            timeout = "y"
            [[web_page]]
            url = "z"
            colour = "red"
            [defaults]
            quorum = true
            """);
    assertThat(problems).extracting(problem -> problem.split(":", 2)[0]).isSorted();
    assertThat(problems).hasSize(6);
  }

  @Test
  void doesNotShowASecretInAProblem() {
    Map<String, String> environment = Map.of("KEY", "hush(hush");
    assertThat(
            Written.problems(
                """
                [[web_page]]
                url = "${KEY}"
                content_pattern = "${KEY}"
                quorum = "${KEY}"
                interval = "${KEY}"
                expected_status = ["${KEY}"]
                type = "${KEY}"
                enabled = "${KEY}"
                id = "${KEY}"
                """,
                environment))
        .hasSize(8)
        .noneSatisfy(problem -> assertThat(problem).contains("hush"));
  }
}
