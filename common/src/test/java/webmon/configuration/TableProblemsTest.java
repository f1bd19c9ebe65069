package webmon.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableProblemsTest {
  private static final String SERVER =
      "[server]\ndatabase_url = 'jdbc:postgresql://db/webmon'\nkeys_file = 'server.jwks'\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "interval = 5      | 1:1: error: interval: does not belong here, but into [defaults] or [[web_page]]",
        "[webpage]         | 1:1: error: webpage: is not known; did you mean [[web_page]]?",
        "[[chanel]]        | 1:1: error: chanel: is not known; did you mean [[channel]]?",
        "[xyz]             | 1:1: error: xyz: is not known; tables are [agent], [report], [server], [defaults], [[web_page]]",
        "[web_page]        | 1:1: error: web_page: must be a table, written [[web_page]], is a table",
        "web_page = [1]    | 1:13: error: web_page: must be a table, written [[web_page]], is an integer",
        "[[agent]]         | 1:1: error: agent: must be a table, written [agent], is an array",
        "agent = 'x'       | 1:1: error: agent: must be a table, written [agent], is a string",
        "agent.id = ''     | 1:1: error: agent.id: must be lower-case letters, digits",
        "agent.region = 'North' | 1:1: error: agent.region: must be lower-case letters",
        "agent.data_dir = ' '   | must be the path of a file or folder, is empty",
        "agent.data_dir = \"a\\u0000\" | must be the path of a file or folder",
        "agent.max_disk = '2 XB'   | must be a size: a number of bytes, or \"500MB\", \"2GiB\" and the like",
        "agent.max_disk = 1000     | must be at least 16MiB",
        "agent.max_disk = '9999999999TiB' | must be at least 16MiB",
        "agent.max_disk = [1]      | must be a size: a number of bytes, or \"500MB\", \"2GiB\" and the like, is an array",
        "agent.metrics_adress = 1  | is not known; did you mean \"metrics_address\"?",
      })
  void saysWhichTablesAndKeysThereAre(String line, String problem) {
    assertThat(Written.problems(line)).singleElement().asString().contains(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "queue_url = 'x'           | error: report.queue_url: must be a URL",
        "server_url = 'https://webmon.example.com' | error: report.api_key: is missing, which the server asks for: add for instance api_key = \"${WEBMON_API_KEY}\"",
        "api_key = 'x'             | 1:1: error: report: has no address to report to: add queue_url, server_url, or both",
        "transports = ['sqs']      | error: report.queue_url: is missing, which the transport sqs needs",
        "transports = ['https']    | error: report.server_url: is missing, which the transport https needs",
        "transports = []           | must not be empty",
        "transports = ['udp']      | must be \"sqs\" or \"https\", is \"udp\"",
        "transports = [1]          | must be a string, is an integer",
        "queue_url = 'http://q/x'; transports = ['sqs', 'sqs'] | must not name a transport twice",
        "queue_url = 'http://u:p@q/x' | must be a URL without user info, query and fragment",
        "queue_url = 'http://q/x'; server_keys = 'x' | report.server_keys: must be a public JWK: a string of JSON that begins with {",
        "queue_url = 'http://q/x'; server_keys = [{ x = 1 }] | report.server_keys.x: must be a string, is an integer",
        "queue_url = 'http://q/x'; server_keys = [1] | report.server_keys: must be a public JWK, is an integer",
        "queue_url = 'http://q/x'; deployment = '00112233445566778899AABBCCDDEEFF' | report.deployment: must be 32 lower-case hexadecimal digits",
        "queue_url = 'http://q/x'; flush_interval = 0 | report.flush_interval: must be from 100 ms to 1 h, is 0 s",
        "queue_url = 'http://q/x'; resend_after = '2d' | report.resend_after: must be from 100 ms to 24 h, is 48 h",
        "api_key = 'k'; server_url = 'http://webmon.example.com' | warning: report.server_url: is http, so the API key travels unencrypted: use https",
        "queue_url = 'http://q/x'; oauth = {} | warning: report.oauth: has no effect: a later version of webmon will know it",
      })
  void asksForWhatAReportNeeds(String lines, String problem) {
    String own = lines.replace("; ", "\n");
    String given = Written.REPORT;
    for (String key : List.of("deployment", "server_keys")) {
      given = own.contains(key) ? given.replaceAll("(?m)^" + key + ".*\n", "") : given;
    }
    assertThat(Written.problems(given + own)).singleElement().asString().contains(problem);
  }

  @Test
  void namesWhatRegistrationPrints() {
    assertThat(Written.problems("[report]\nqueue_url = 'http://q/x'"))
        .hasSize(2)
        .anySatisfy(problem -> assertThat(problem).contains("report.deployment: is missing"))
        .anySatisfy(problem -> assertThat(problem).contains("report.server_keys: is missing"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "address = '8080'            | server.address: must be host:port, as in \"127.0.0.1:8080\" or \"[::1]:8080\"",
        "address = ':8080'           | server.address: must be host:port",
        "address = '::1:8080'        | server.address: must be host:port",
        "address = 'a:65536'         | server.address: must be host:port",
        "address = 8080              | server.address: must be a string, is an integer",
        "address = '127.0.0.1:8081'  | server.admin_address: must differ from address: one port cannot serve both",
        "database_password = ''      | server.database_password: must be a string that is not empty, is empty",
        "public_url = 'webmon'       | server.public_url: must be a URL",
        "keys_file = ''              | server.keys_file: must be the path of a file or folder, is empty",
        "database_url = 'postgres://u:p@h/d' | server.database_url: must be a URL that begins with jdbc:postgresql:, as in",
      })
  void asksForWhatAServerNeeds(String line, String problem) {
    String key = line.substring(0, line.indexOf(' '));
    String given = SERVER.replaceAll("(?m)^" + key + ".*\n", "");
    assertThat(Written.problems(given + line)).singleElement().asString().contains(problem);
  }

  @Test
  void aServerNeedsADatabaseAndKeys() {
    assertThat(Written.problems("[server]"))
        .containsExactlyInAnyOrder(
            "1:1: error: server.database_url: is missing: add for instance database_url ="
                + " \"jdbc:postgresql://db/webmon\"",
            "1:1: error: server.keys_file: is missing: add for instance keys_file ="
                + " \"/run/secrets/server.jwks\"");
  }

  @Test
  void tellsSyntaxErrorsTogetherWithTheOthers() {
    List<String> problems =
        Written.problems(
            """
            [[web_page]]
            url =
            intervall = 5
            [agent]
            id = "a"
            id = "b"
            region = "A B"
            """);
    assertThat(problems)
        .containsExactly(
            "2:6: error: Unexpected end of line, expected a value",
            "3:1: error: web_page.intervall: is not known; did you mean \"interval\"?",
            "6:1: error: id previously defined at line 5, column 1",
            "7:1: error: agent.region: " + problems.getLast().split("region: ", 2)[1]);
  }

  @Test
  void boundsTheListOfSyntaxErrors() {
    List<String> problems = Written.problems("=\n".repeat(150));
    assertThat(problems).hasSize(101).last().asString().contains("50 more lines are not TOML");
  }

  @Test
  void saysWhereTheReaderOfTomlStumbles() {
    assertThat(Written.problems("agent.x = 1\na = { m = , }\n[[l]]\nb = 1\n"))
        .contains(
            "1:1: error: agent.x: is not known; allowed are data_dir, id, max_disk,"
                + " metrics_address, region",
            "2:11: error: Unexpected ',', expected a value",
            "3:1: error: is not TOML: an array or a table that ends here is not written right");
  }

  @Test
  void shieldsTheTerminalFromWhatIsInTheFile() {
    List<String> problems =
        Written.problems(
            "\"a\\u001b[31m\" = 1\nagent.id = \"\\u202e\\u001b\"\n" + "x".repeat(9999) + "=1");
    assertThat(problems).hasSize(3);
    assertThat(String.join("", problems))
        .doesNotContain("\u001b", "\u202e")
        .contains("\\u001b[31m");
    assertThat(problems).allSatisfy(problem -> assertThat(problem).hasSizeLessThan(2_000));
  }

  @Test
  void looksOnlyAtTheSectionsThatAreWanted() {
    String text =
        "[server]\ndatabase_url = '${NO_SUCH}'\n[report]\nx = 1\n[[channel]]\n[agent]\nid = 'a'\n"
            + "[[web_page]]\nurl = 'http://a'";
    Reading reading =
        ConfigurationFile.parse(
            text, "x", Section.forUp(), Map.<String, String>of()::get, Path.of("."));
    assertThat(reading.problems()).extracting(Problem::key).containsExactly("channel");
    assertThat(reading).isInstanceOf(Reading.Usable.class);
    Reading server =
        ConfigurationFile.parse(
            text, "x", Section.forServer(), Map.<String, String>of()::get, Path.of("."));
    assertThat(server.problems())
        .extracting(Problem::key)
        .containsExactlyInAnyOrder("server.database_url", "server.keys_file");
  }
}
