package webmon.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Help.Ansi;

class CheckCommandTest {
  private final MockWebServer site = new MockWebServer();

  @TempDir private Path folder;

  @BeforeEach
  void open() throws IOException {
    site.start();
  }

  @AfterEach
  void close() {
    site.close();
  }

  private String url(String path) {
    return "http://127.0.0.1:" + site.getPort() + path;
  }

  private void answer(int status, String body) {
    site.enqueue(new MockResponse.Builder().code(status).body(body).build());
  }

  private static CommandRun check(String... arguments) {
    return CommandRun.of(new CheckCommand(), arguments);
  }

  private String file() throws IOException {
    String toml =
        """
        [agent]
        id = "here"
        region = "eu-north-1"
        [[web_page]]
        name = "Home"
        url = "%s"
        content_pattern = "Log in"
        [[web_page]]
        name = "Shop"
        url = "http://127.0.0.1:1/"
        [[web_page]]
        name = "Off"
        url = "http://127.0.0.1:1/off"
        enabled = false
        """;
    Path file = folder.resolve("config.toml");
    Files.writeString(file, toml.formatted(url("/home")));
    return file.toString();
  }

  @Test
  void showsAPageThatIsUp() {
    answer(200, "please Log in");

    CommandRun run = check(url("/"), "--pattern", "Log in", "--pattern", "^please");

    assertThat(run.exit()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .startsWith(url("/") + "\nUP  200 OK in ")
        .containsPattern("\n  connect +\\S.* ms\n")
        .containsPattern("\n  wait +\\S.* ms\n")
        .containsPattern("\n  total +[0-9.,]+ ms\n")
        .contains("address     127.0.0.1:" + site.getPort())
        .contains("status 200-299: 200 OK")
        .contains("content \"Log in\": found", "content \"^please\": found")
        .doesNotContain("\u001b", "dns");
  }

  @Test
  void showsWhyAPageIsDown() {
    answer(200, "closed today");

    CommandRun run = check(url("/"), "--pattern", "Log in");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out())
        .contains("DOWN  \"Log in\" was not found in 12 bytes")
        .contains("status 200-299: 200 OK", "content \"Log in\": not found in 12 bytes")
        .contains("closed today");
  }

  @Test
  void showsRedirects() {
    site.enqueue(new MockResponse.Builder().code(301).addHeader("Location", "/there").build());
    answer(200, "");

    CommandRun run = check(url("/here"));

    assertThat(run.out())
        .contains("redirect    301 from " + url("/here"), "page        " + url("/there"));
  }

  @Test
  void showsHeadersWithoutTheirSecrets() {
    site.enqueue(
        new MockResponse.Builder()
            .addHeader("Set-Cookie", "session=verysecret")
            .addHeader("X-Served-By", "cache-7")
            .build());

    CommandRun run = check("-v", url("/?token=t0ps3cret").replace("://", "://amy:hunter22@"));

    assertThat(run.out())
        .contains("> User-Agent: webmon/", "> Authorization: ***")
        .contains("< HTTP/1.1 200 OK", "< Set-Cookie: ***", "< X-Served-By: cache-7")
        .doesNotContain("verysecret", "t0ps3cret", "hunter22");
  }

  @Test
  void coloursWhereItIsWanted() {
    answer(200, "");
    CommandRun run = CommandRun.of(new CheckCommand(), new StringWriter(), Ansi.ON, url("/"));
    assertThat(run.out()).contains("\u001b[32mUP\u001b[0m");
  }

  @Test
  void checksAPageOfTheFileByIdOrName() throws Exception {
    answer(200, "Log in");
    answer(200, "nothing");

    assertThat(check("home", "-c", file()).exit()).isZero();
    assertThat(check("HOME", "-c", file()).out()).contains("DOWN  \"Log in\" was not found");
    // By name even a page that is not enabled.
    assertThat(check("Off", "-c", file()).exit()).isEqualTo(1);
  }

  @Test
  void checksAllPagesThatAreEnabled() throws Exception {
    answer(200, "Log in");

    CommandRun run = check("--all", "-c", file());

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out().lines()).hasSize(3);
    assertThat(run.out())
        .containsPattern("UP +200 +[0-9.]+ ms  Home\n")
        .containsPattern("DOWN +[0-9.]+ ms  Shop: connection refused by 127.0.0.1:1 after")
        .endsWith("1 of 2 pages up\n");
  }

  @Test
  void writesOneObjectForEachPage() throws Exception {
    answer(200, "Log in");

    CommandRun run = check("--all", "--json", "-c", file());

    List<String> lines = run.out().lines().toList();
    assertThat(lines).hasSize(2);
    JsonNode home = new ObjectMapper().readTree(lines.get(0));
    JsonNode shop = new ObjectMapper().readTree(lines.get(1));
    assertThat(home.properties().stream().map(java.util.Map.Entry::getKey))
        .containsExactly(
            "monitor",
            "agent",
            "region",
            "due_at",
            "started_at",
            "duration_us",
            "status",
            "failure",
            "http_status",
            "content_matched",
            "phases_us",
            "address",
            "hops",
            "excerpt",
            "certificate_expires_at");
    assertThat(home.path("monitor").asText()).isEqualTo("home");
    assertThat(home.path("agent").asText()).isEqualTo("here");
    assertThat(home.path("region").asText()).isEqualTo("eu-north-1");
    assertThat(home.path("status").asText()).isEqualTo("up");
    assertThat(home.path("failure").isNull()).isTrue();
    assertThat(home.path("content_matched").asBoolean()).isTrue();
    assertThat(home.path("phases_us").path("wait").isNumber()).isTrue();
    assertThat(home.path("phases_us").path("tls").isNull()).isTrue();
    assertThat(shop.path("failure").path("kind").asText()).isEqualTo("connect_refused");
    assertThat(shop.path("http_status").isNull()).isTrue();
    assertThat(shop.path("address").isNull()).isTrue();
  }

  @Test
  void triesHttpsWhereNoSchemeIsGiven() throws IOException {
    // A site without TLS that answers at once, whatever is in a handshake's random bytes.
    try (ServerSocket plain = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"))) {
      Thread.ofVirtual().start(() -> refusePlainly(plain));
      CommandRun run = check("127.0.0.1:" + plain.getLocalPort() + "/", "--timeout", "10");

      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.out())
          .startsWith("https://127.0.0.1:" + plain.getLocalPort() + "/\nDOWN")
          .contains("perhaps you mean http://127.0.0.1:" + plain.getLocalPort() + "/");
    }
  }

  private static void refusePlainly(ServerSocket listening) {
    while (!listening.isClosed()) {
      try (Socket socket = listening.accept()) {
        socket.getInputStream().read(new byte[4096]);
        socket
            .getOutputStream()
            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      } catch (IOException closed) {
        return;
      }
    }
  }

  @Test
  void namesThePagesThereAre() throws Exception {
    CommandRun run = check("hom", "-c", file());

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err())
        .contains("\"hom\"", "did you mean \"home\"?", "there are: home, shop, off");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                  | say what to check
          --all http://127.0.0.1/             | say what to check
          http://127.0.0.1:99999/             | the URL must be
          ftp://127.0.0.1/                    | the URL must be
          http://127.0.0.1/ --timeout 3x      | --timeout must be a duration
          http://127.0.0.1/ --pattern (       | --pattern must be an RE2
          page -c /no/such/file.toml          | /no/such/file.toml: error: does not exist
          --all --pattern x                   | --pattern and --timeout go with a URL
          """)
  void complainsInOneSentence(String arguments, String sentence) {
    CommandRun run = check(arguments.isEmpty() ? new String[0] : arguments.split(" "));

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains(sentence);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.out()).isEmpty();
  }
}
