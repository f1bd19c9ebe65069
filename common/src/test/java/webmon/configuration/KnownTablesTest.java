package webmon.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tomlj.Toml;

class KnownTablesTest {
  private static final Object NONE = "none";

  /** Every key that this version acts on, with its default: a new key needs a line here. */
  private static final Map<String, Object> DEFAULTS = new HashMap<>();

  static {
    DEFAULTS.put("agent.id", NONE);
    DEFAULTS.put("agent.region", "local");
    DEFAULTS.put("agent.data_dir", Path.of(".webmon/agent"));
    DEFAULTS.put("agent.max_disk", 2L * 1024 * 1024 * 1024);
    DEFAULTS.put("report.transports", NONE);
    DEFAULTS.put("report.queue_url", NONE);
    DEFAULTS.put("report.server_url", NONE);
    DEFAULTS.put("report.api_key", NONE);
    DEFAULTS.put("report.deployment", NONE);
    DEFAULTS.put("report.server_keys", NONE);
    DEFAULTS.put("report.flush_interval", Duration.ofSeconds(10));
    DEFAULTS.put("report.resend_after", Duration.ofMinutes(5));
    DEFAULTS.put("server.address", new ListenAddress("0.0.0.0", 8080));
    DEFAULTS.put("server.admin_address", new ListenAddress("127.0.0.1", 8081));
    DEFAULTS.put("server.database_url", NONE);
    DEFAULTS.put("server.database_user", NONE);
    DEFAULTS.put("server.database_password", NONE);
    DEFAULTS.put("server.queue_url", NONE);
    DEFAULTS.put("server.keys_file", NONE);
    DEFAULTS.put("server.public_url", NONE);
    for (String table : List.of("defaults", "web_page")) {
      DEFAULTS.put(table + ".expected_status", List.of(new StatusRange(200, 299)));
      DEFAULTS.put(table + ".interval", Duration.ofSeconds(60));
      DEFAULTS.put(table + ".timeout", Duration.ofSeconds(10));
      DEFAULTS.put(table + ".retry_interval", Duration.ofSeconds(10));
      DEFAULTS.put(table + ".failure_threshold", 2);
      DEFAULTS.put(table + ".recovery_threshold", 2);
      DEFAULTS.put(table + ".quorum", "majority");
      DEFAULTS.put(table + ".tags", Map.of());
      DEFAULTS.put(table + ".group", NONE);
      DEFAULTS.put(table + ".enabled", true);
    }
    DEFAULTS.put("web_page.url", NONE);
    DEFAULTS.put("web_page.name", NONE);
    DEFAULTS.put("web_page.id", NONE);
    DEFAULTS.put("web_page.type", "http");
    DEFAULTS.put("web_page.content_pattern", NONE);
    DEFAULTS.put("web_page.description", NONE);
  }

  record Declared(Schema schema, Key<?> key) {
    String path() {
      return schema.name() + "." + key.name();
    }

    @Override
    public String toString() {
      return path();
    }
  }

  static Stream<Declared> declared() {
    return KnownTables.ALL.stream()
        .flatMap(schema -> schema.keys().stream().map(key -> new Declared(schema, key)));
  }

  static Stream<Declared> actedOn() {
    return declared().filter(declared -> !declared.key().later());
  }

  static Stream<Declared> later() {
    return declared().filter(declared -> declared.key().later());
  }

  @Test
  void everyKeyHasItsDefault() {
    Map<String, Object> found = new HashMap<>();
    actedOn()
        .forEach(declared ->
            found.put(
                declared.path(),
                declared.key().standard() == null ? NONE : Table.standard(declared.key())));
    assertThat(found).isEqualTo(DEFAULTS);
  }

  @ParameterizedTest
  @MethodSource("actedOn")
  void acceptsItsOwnExample(Declared declared) {
    Key<?> key = declared.key();
    Problems problems = new Problems("example");
    Substitution substitution = new Substitution(name -> "value", Path.of("."));
    String example = key.example().replace("${file:/run/secrets/db-password}", "${PASSWORD}");
    Table table =
        new Table(
            declared.schema(),
            Toml.parse(key.name() + " = " + example),
            null,
            new Context(problems, substitution));
    table.checkKeys();
    assertThat(table.get(key)).as("%s", problems.inOrder()).isNotNull();
    assertThat(problems.inOrder()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("declared")
  void isDescribedInOneLineWithoutAFullStop(Declared declared) {
    assertThat(declared.key().description()).doesNotContain("\n").doesNotEndWith(".");
    assertThat(Toml.parse("x = " + declared.key().example()).errors()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("later")
  void warnsOfWhatALaterVersionKnows(Declared declared) {
    Key<?> key = declared.key();
    Schema schema = declared.schema();
    String required = schema.repeated() ? "url = 'https://example.com'\n" : "";
    String line = required + key.name() + " = " + key.example();
    List<String> told = new ArrayList<>(Written.problems(schema.written() + "\n" + line));
    told.removeIf(problem -> problem.contains(": error: report"));
    assertThat(told)
        .singleElement()
        .asString()
        .endsWith(
            "warning: "
                + declared.path()
                + ": has no effect: a later version of webmon will know it");
  }

  @Test
  void knowsEveryTableOfALaterVersion() {
    assertThat(KnownTables.LATER)
        .allSatisfy(name ->
            assertThat(Written.problems("[[" + name + "]]\nx = 1\n[[" + name + "]]\ny = 2"))
                .containsExactly(
                    "1:1: warning: "
                        + name
                        + ": has no effect: a later version of webmon will know it"));
  }
}
