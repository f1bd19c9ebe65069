package webmon.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import webmon.server.RunningServer;
import webmon.server.TestClock;

/** Which credentials open which door. */
class AccessTest {
  private static final TestClock CLOCK = new TestClock(Instant.parse("2026-11-22T12:00:00Z"));
  private static RunningServer server;
  private static ApiKeys keys;

  @BeforeAll
  static void start() {
    server = RunningServer.start(CLOCK);
    keys = server.server().administration().keys();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<Arguments> doors() {
    return Stream.of(
        door("/healthz", 200, 200, 200, 200),
        door("/ready", 200, 200, 200, 200),
        door("/", 200, 200, 200, 200),
        door("/login", 200, 200, 200, 200),
        door("/assets/dashboard.css", 200, 200, 200, 200),
        door("/api/v1/session", 401, 200, 200, 200),
        door("/api/v1/monitors", 401, 403, 200, 200),
        door("/api/v1/monitors/none", 401, 403, 404, 404),
        door("/api/v1/monitors/none/results", 401, 403, 404, 404),
        door("/api/v1/agents", 401, 403, 200, 200),
        door("/api/v1/agents/none", 401, 403, 404, 404));
  }

  private static Arguments door(String path, int none, int ingest, int read, int admin) {
    return Arguments.of(path, none, ingest, read, admin);
  }

  @ParameterizedTest
  @MethodSource("doors")
  void opensToTheScopesOfTheTable(String path, int none, int ingest, int read, int admin) {
    assertThat(server.get(path).statusCode()).as("nobody").isEqualTo(none);
    assertThat(status(path, Scope.INGEST)).as("ingest").isEqualTo(ingest);
    assertThat(status(path, Scope.READ)).as("read").isEqualTo(read);
    assertThat(status(path, Scope.ADMIN)).as("admin").isEqualTo(admin);
  }

  private static int status(String path, Scope scope) {
    return server.get(path, "X-API-Key", server.key(scope)).statusCode();
  }

  @Test
  void takesAKeyInEitherHeader() {
    String key = server.key(Scope.READ);
    assertThat(monitors("Authorization", "Bearer " + key)).isEqualTo(200);
    assertThat(monitors("authorization", "bearer " + key)).isEqualTo(200);
    assertThat(monitors("X-API-Key", key)).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Authorization | Bearer",
        "Authorization | Basic d206eA==",
        "Authorization | Bearer wm_",
        "Authorization | Bearer wm_0123456789ab_short",
        "X-API-Key     | wm_0123456789ab_0123456789012345678901234567890123456789012",
        "X-API-Key     | '' OR 1=1",
        "Cookie        | webmon_00000000=0123456789012345678901234567890123456789012",
      })
  void knowsNobodyByWrongCredentials(String header, String value) {
    assertThat(monitors(header, value)).isEqualTo(401);
  }

  @Test
  void knowsNobodyBySomebodyElsesSecret() {
    String one = server.key(Scope.READ);
    String other = server.key(Scope.READ);
    String mixed = one.substring(0, 16) + other.substring(16);
    char last = one.charAt(one.length() - 1);
    String altered = one.substring(0, one.length() - 1) + (last == 'A' ? 'B' : 'A');
    assertThat(monitors("X-API-Key", one)).isEqualTo(200);
    assertThat(monitors("X-API-Key", mixed)).isEqualTo(401);
    assertThat(monitors("X-API-Key", altered)).isEqualTo(401);
  }

  @Test
  void endsAKeyAtItsExpiry() {
    NewApiKey key = create(Duration.ofMinutes(10));
    CLOCK.advance(Duration.ofMinutes(10).minusSeconds(1));
    assertThat(monitors("X-API-Key", key.key().value())).isEqualTo(200);
    CLOCK.advance(Duration.ofSeconds(1));
    assertThat(monitors("X-API-Key", key.key().value())).isEqualTo(401);
  }

  @Test
  void endsARevokedKeyAtOnceWhereItWasRevoked() {
    NewApiKey key = create(Duration.ofDays(1));
    assertThat(monitors("X-API-Key", key.key().value())).isEqualTo(200);
    assertThat(keys.revoke(key.id())).isTrue();
    assertThat(monitors("X-API-Key", key.key().value())).isEqualTo(401);
    assertThat(keys.revoke("ffffffffffff")).isFalse();
  }

  @Test
  void endsAKeyRevokedElsewhereWithinFiveSeconds() {
    NewApiKey key = create(Duration.ofDays(1));
    assertThat(monitors("X-API-Key", key.key().value())).isEqualTo(200);
    new ApiKeys(server.jdbi(), CLOCK, new java.security.SecureRandom()).revoke(key.id());
    CLOCK.advance(Duration.ofSeconds(5));
    assertThat(monitors("X-API-Key", key.key().value())).isEqualTo(401);
  }

  @Test
  void keepsNoSecretAndNotesTheLastUse() {
    NewApiKey key = create(Duration.ofDays(1));
    assertThat(find(key.id()).lastUsedAt()).isNull();
    monitors("X-API-Key", key.key().value());
    assertThat(find(key.id()).lastUsedAt()).isEqualTo(CLOCK.instant());
    String secret = key.key().value().substring(16);
    String row =
        server
            .jdbi()
            .withHandle(handle ->
                handle
                    .createQuery("select k::text from api_key k where key_id = :id")
                    .bind("id", key.id())
                    .mapTo(String.class)
                    .one());
    assertThat(row).contains(key.id()).doesNotContain(secret);
    assertThat(key.toString()).doesNotContain(secret);
  }

  @Test
  void noUseIsNotedOfAKeyWithAWrongSecret() {
    NewApiKey key = create(Duration.ofDays(1));
    monitors("X-API-Key", "wm_" + key.id() + "_" + "A".repeat(43));
    assertThat(find(key.id()).lastUsedAt()).isNull();
  }

  @Test
  void saysWhichScopeIsMissing() {
    HttpResponse<String> response =
        server.get("/api/v1/agents", "X-API-Key", server.key(Scope.INGEST));
    assertThat(RunningServer.json(response).path("detail").asText())
        .isEqualTo("This needs the scope read; these credentials have ingest.");
  }

  private static NewApiKey create(Duration lifetime) {
    return keys.create("test", EnumSet.of(Scope.READ), null, lifetime).orElseThrow();
  }

  private static ApiKey find(String id) {
    return keys.list().stream().filter(key -> key.id().equals(id)).findFirst().orElseThrow();
  }

  private static int monitors(String header, String value) {
    return server.get("/api/v1/monitors", header, value).statusCode();
  }
}
