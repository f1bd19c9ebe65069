package webmon.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import webmon.command.Program;
import webmon.configuration.ConfigurationFile;
import webmon.configuration.ReportSettings;
import webmon.configuration.Section;
import webmon.report.SigningKey;
import webmon.server.TestDatabase;

/** What an operator types, and what comes of it. */
class CommandsTest {
  @TempDir private static Path folder;
  private static TestDatabase database;

  /** What a command left behind. */
  private record Run(int exitCode, String out, String err) {}

  @BeforeAll
  static void configure() throws IOException {
    database = TestDatabase.fresh();
    Files.writeString(
        folder.resolve("server.toml"),
        """
        [server]
        address = "127.0.0.1:8080"
        admin_address = "127.0.0.1:8081"
        database_url = "%s"
        database_user = "%s"
        database_password = "%s"
        keys_file = "%s"
        queue_url = "https://sqs.eu-north-1.amazonaws.com/1/webmon"
        """
            .formatted(
                database.url(),
                database.user(),
                database.password(),
                folder.resolve("server.jwks")));
  }

  @Test
  void bringsTheSchemaUpToDate() {
    Run run = run("", "migrate");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).matches("The schema is up to date: version \\d+\\.\n");
  }

  @Test
  void registersAnAgentAndPrintsItsConfiguration() {
    String jwk = SigningKey.generate().publicKey().jwk();
    String[] add = {
      "agents",
      "add",
      "--id",
      "a-1",
      "--region",
      "eu-north-1",
      "--server-url",
      "https://webmon.example.com"
    };
    Run run = run(jwk, add);
    assertThat(run.exitCode()).as(run.err()).isZero();
    ReportSettings report =
        Objects.requireNonNull(
            ConfigurationFile.parse(
                    run.out(), "agent.toml", Section.forAgent(), name -> null, folder)
                .orComplaint()
                .report());
    assertThat(report.serverUrl()).hasToString("https://webmon.example.com");
    assertThat(report.serverKeys()).hasSize(2);

    Run again = run(jwk, add);
    assertThat(again.exitCode()).isZero();
    assertThat(again.out()).isNotEqualTo(run.out());

    Run other = run(SigningKey.generate().publicKey().jwk(), add);
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err()).contains("The agent 'a-1' is registered with another key");
  }

  @Test
  void listsAgents() throws IOException {
    String jwk = SigningKey.generate().publicKey().jwk();
    run(jwk, "agents", "add", "--id", "listed", "--region", "r-1", "--may-report", "shop-*,docs");
    Run table = run("", "agents", "list");
    assertThat(table.exitCode()).isZero();
    assertThat(table.out()).startsWith("ID ").containsPattern("listed +r-1 +- +never +0 +0");
    JsonNode json = new ObjectMapper().readTree(run("", "agents", "list", "--json").out());
    JsonNode listed = null;
    for (JsonNode agent : json) {
      listed = agent.path("id").asText().equals("listed") ? agent : listed;
    }
    assertThat(String.valueOf(Objects.requireNonNull(listed).path("may_report")))
        .isEqualTo("[\"shop-*\",\"docs\"]");
  }

  @Test
  void makesListsAndRevokesKeys() throws IOException {
    Run made = run("", "keys", "create", "--name", "me", "--scope", "read", "--expires", "90d");
    assertThat(made.exitCode()).isZero();
    assertThat(made.out()).matches("wm_[0-9a-f]{12}_[A-Za-z0-9_-]{43}\n");
    String id = made.out().substring(3, 15);
    assertThat(made.err()).contains("not shown again", id);
    assertThat(run("", "keys", "list").out())
        .containsPattern(id + " +me +read +- +good +20\\d\\d-");
    Run revoked = run("", "keys", "revoke", id);
    assertThat(revoked.out()).isEqualTo("The key " + id + " is revoked.\n");
    assertThat(run("", "keys", "list").out()).containsPattern(id + " +me +read +- +revoked");
    JsonNode json =
        new ObjectMapper()
            .readTree(
                run("", "keys", "create", "--name", "x", "--scope", "ingest,read", "--json").out());
    assertThat(json.path("key").asText()).startsWith("wm_" + json.path("id").asText() + "_");
    assertThat(run("", "keys", "list", "--json").out()).doesNotContain(json.path("key").asText());
  }

  @Test
  void makesALoginLink() {
    Run run = run("", "login-link");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).matches("http://127\\.0\\.0\\.1:8080/login\\?token=[A-Za-z0-9_-]{43}\n");
    assertThat(run("", "login-link", "--server-url", "https://w.example.com/").out())
        .startsWith("https://w.example.com/login?token=");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "keys create --name x --scope write           | --scope is ingest, read or admin, not 'write'.",
        "keys create --name x --scope read --expires 9 | --expires is a number of days, hours or minutes",
        "keys create --name x --scope read --agent a  | A key that is bound to an agent has the scope ingest",
        "keys create --name x --scope ingest --agent nobody | There is no agent 'nobody'",
        "keys create --scope read                     | Missing required option: '--name=<name>'",
        "keys revoke ffffffffffff                     | There is no API key 'ffffffffffff'",
        "agents add --id A --region r                 | --id is lower-case letters",
        "agents add --id a --region R!                | --region is lower-case letters",
        "agents add --id a --region r --may-report A  | --may-report is a monitor id in which",
        "agents add --id a --region r                 | The agent's public key is expected on standard input",
        "agents                                       | Say what to do: add or list.",
        "keys                                         | Say what to do: create, list or revoke.",
        "nothing                                      | Unmatched argument",
      })
  void saysInOneSentenceWhatIsWrong(String arguments, String sentence) {
    Run run = run("", arguments.strip().split(" +"));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(sentence).doesNotContain("Exception", "\tat ");
  }

  @Test
  void takesNoPrivateKeyAndNothingElseThanAKey() {
    SigningKey key = SigningKey.generate();
    String[] add = {"agents", "add", "--id", "refused-one", "--region", "r"};
    assertThat(run(key.privateJwk(), add).err())
        .contains("This is a private key, which must not leave the agent");
    assertThat(run("hello", add).err()).contains("is not a public key");
    assertThat(run("", "agents", "list").out()).doesNotContain("refused-one");
  }

  @Test
  void saysThatTheConfigurationIsMissing() {
    Run run = run("", "migrate", "-c", folder.resolve("none.toml").toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("none.toml").contains("does not exist");
  }

  private static Run run(String in, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine.IFactory standard = CommandLine.defaultFactory();
    CommandLine.IFactory factory =
        new CommandLine.IFactory() {
          @Override
          public <K> K create(Class<K> type) throws Exception {
            return type == AgentsAddCommand.class
                ? type.cast(
                    new AgentsAddCommand(
                        new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8))))
                : standard.create(type);
          }
        };
    String[] all = arguments;
    if (!java.util.Arrays.asList(arguments).contains("-c") && arguments.length > 1
        || arguments[0].equals("migrate") && arguments.length == 1
        || arguments[0].equals("login-link")) {
      all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
      all[arguments.length] = "-c";
      all[arguments.length + 1] = folder.resolve("server.toml").toString();
    }
    int exitCode =
        Program.run(
            new CommandLine(new ServerCommand(), factory)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err)),
            all);
    return new Run(exitCode, out.toString(), err.toString());
  }
}
