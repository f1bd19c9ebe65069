package webmon.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import webmon.server.RunningServer;
import webmon.server.TestClock;

/** How people get in: a link that works once, or an API key; and out again. */
class LogInTest {
  private static final TestClock CLOCK = new TestClock(Instant.parse("2026-11-22T12:00:00Z"));
  private static RunningServer server;

  @BeforeAll
  static void start() {
    server = RunningServer.start(CLOCK);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aLinkLetsOneBrowserIn() {
    String token = token();
    HttpResponse<String> in = logIn("token", token);
    assertThat(in.statusCode()).isEqualTo(303);
    assertThat(location(in)).isEqualTo("/");
    String cookie = RunningServer.cookies(in);
    assertThat(server.get("/api/v1/monitors", "Cookie", cookie).statusCode()).isEqualTo(200);
    assertThat(server.get("/", "Cookie", cookie).body()).contains("/assets/dashboard.js");

    HttpResponse<String> again = logIn("token", token);
    assertThat(location(again)).isEqualTo("/login?failed=link");
    assertThat(again.headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void lookingAtALinkDoesNotUseItUp() {
    URI link = server.server().createLoginLink();
    assertThat(link.toString()).startsWith(server.server().uri() + "/login?token=");
    for (int i = 0; i < 3; i++) {
      HttpResponse<String> page = server.send("GET", link, null);
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.headers().firstValue("Set-Cookie")).isEmpty();
    }
    assertThat(location(logIn("token", link.getQuery().substring(6)))).isEqualTo("/");
  }

  @Test
  void aLinkEndsAfterFifteenMinutes() {
    String token = token();
    CLOCK.advance(Duration.ofMinutes(15));
    assertThat(location(logIn("token", token))).isEqualTo("/login?failed=link");
  }

  @Test
  void onlyAHashOfLinkAndCookieIsKept() {
    String token = token();
    String cookie = RunningServer.cookies(logIn("token", token)).split("=", 2)[1];
    String rows =
        server
            .jdbi()
            .withHandle(handle ->
                handle
                    .createQuery(
                        """
                        select string_agg(t, ' ') from (
                          select l::text as t from login_link l
                          union all select s::text from session s) x
                        """)
                    .mapTo(String.class)
                    .one());
    assertThat(rows).isNotEmpty().doesNotContain(token, cookie);
  }

  @Test
  void theCookieIsOutOfReachOfScriptsAndOtherSites() {
    String cookie = logIn("token", token()).headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie)
        .contains("HttpOnly", "SameSite=Strict", "Path=/")
        .doesNotContain("Secure", "Domain");
  }

  @Test
  void theCookieIsForHttpsOnlyWhereThePublicAddressIs() {
    SessionCookie secure = new SessionCookie("0123456789abcdef", true);
    assertThat(secure.holding("x").isSecure()).isTrue();
    assertThat(secure.holding("x").getName()).isEqualTo("__Host-webmon_01234567");
  }

  @Test
  void aKeyWithScopeReadLetsIn() {
    HttpResponse<String> in = logIn("key", server.key(Scope.READ));
    assertThat(location(in)).isEqualTo("/");
    HttpResponse<String> session =
        server.get("/api/v1/session", "Cookie", RunningServer.cookies(in));
    assertThat(RunningServer.json(session).path("scopes").toString()).isEqualTo("[\"read\"]");
  }

  @Test
  void aKeyThatOnlyReportsDoesNotLetIn() {
    assertThat(location(logIn("key", server.key(Scope.INGEST)))).isEqualTo("/login?failed=key");
    assertThat(server.get("/login?failed=key").body()).contains("does not open the dashboard");
  }

  @Test
  void aSessionEndsWithTheKeyItWasMadeWith() {
    ApiKeys keys = server.server().administration().keys();
    NewApiKey revoked = keys.create("x", EnumSet.of(Scope.READ), null, null).orElseThrow();
    NewApiKey expiring =
        keys.create("x", EnumSet.of(Scope.READ), null, Duration.ofHours(1)).orElseThrow();
    String one = RunningServer.cookies(logIn("key", revoked.key().value()));
    String other = RunningServer.cookies(logIn("key", expiring.key().value()));
    assertThat(monitors(one)).isEqualTo(200);
    assertThat(monitors(other)).isEqualTo(200);
    keys.revoke(revoked.id());
    CLOCK.advance(Duration.ofHours(1));
    assertThat(monitors(one)).isEqualTo(401);
    assertThat(monitors(other)).isEqualTo(401);
  }

  @Test
  void aSessionEndsAfterAWeek() {
    String cookie = RunningServer.cookies(logIn("token", token()));
    CLOCK.advance(Sessions.LIFETIME.minusSeconds(1));
    assertThat(monitors(cookie)).isEqualTo(200);
    CLOCK.advance(Duration.ofSeconds(1));
    assertThat(monitors(cookie)).isEqualTo(401);
  }

  @Test
  void loggingOutEndsTheSessionOnTheServerToo() {
    String cookie = RunningServer.cookies(logIn("token", token()));
    HttpResponse<String> out =
        server.send("POST", "/logout", null, "Cookie", cookie, "Sec-Fetch-Site", "same-origin");
    assertThat(out.statusCode()).isEqualTo(303);
    assertThat(out.headers().firstValue("Set-Cookie").orElse("")).contains("Max-Age=0");
    assertThat(monitors(cookie)).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/login", "/logout"})
  void anotherSiteCanNeitherLogInNorOut(String path) {
    for (String[] headers :
        new String[][] {
          {"Origin", "https://evil.example.com"},
          {"Origin", "null"},
          {"Sec-Fetch-Site", "cross-site", "Origin", server.server().uri().toString()},
          {"Sec-Fetch-Site", "same-site"},
          {"Accept", "*/*"}
        }) {
      String[] all = new String[headers.length + 2];
      System.arraycopy(headers, 0, all, 0, headers.length);
      all[headers.length] = "Content-Type";
      all[headers.length + 1] = "application/x-www-form-urlencoded";
      byte[] form = ("token=" + token()).getBytes(StandardCharsets.UTF_8);
      assertThat(server.send("POST", path, form, all).statusCode()).isEqualTo(403);
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "same-origin, -,                       webmon.example.com, true",
        "none,        -,                       webmon.example.com, true",
        "-,           https://webmon.example.com, webmon.example.com, true",
        "-,           http://localhost:8080,   localhost:8080,     true",
        "same-origin, https://WEBMON.example.com, webmon.example.com, true",
        "-,           http://localhost:8081,   localhost:8080,     false",
        "-,           https://evil.example,    webmon.example.com, false",
        "-,           https://webmon.example.com, -,               false",
        "-,           null,                    webmon.example.com, false",
        "-,           ':::',                   webmon.example.com, false",
        "same-origin, https://evil.example,    webmon.example.com, false",
        "cross-site,  https://webmon.example.com, webmon.example.com, false",
        "same-site,   -,                       webmon.example.com, false",
        "-,           -,                       webmon.example.com, false",
      })
  void knowsItsOwnPages(String fetchSite, String origin, String host, boolean own) {
    assertThat(SameOrigin.holds(fetchSite, origin, host)).isEqualTo(own);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "%22%3E%3Cscript%3Ealert(1)%3C/script%3E", ""})
  void aTokenThatIsNoneIsNotPutIntoThePage(String token) {
    HttpResponse<String> page = server.get("/login?token=" + token);
    assertThat(page.statusCode()).isEqualTo(400);
    assertThat(page.body()).doesNotContain("alert(1)", "link-form").contains("has been used");
  }

  private static String token() {
    return server.server().createLoginLink().getQuery().substring("token=".length());
  }

  private static HttpResponse<String> logIn(String field, String value) {
    return server.send(
        "POST",
        "/login",
        (field + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8))
            .getBytes(StandardCharsets.UTF_8),
        "Content-Type",
        "application/x-www-form-urlencoded",
        "Origin",
        server.server().uri().toString());
  }

  private static String location(HttpResponse<String> response) {
    return URI.create(response.headers().firstValue("Location").orElseThrow())
        .toString()
        .replace(server.server().uri().toString(), "");
  }

  private static int monitors(String cookie) {
    return server.get("/api/v1/monitors", "Cookie", cookie).statusCode();
  }
}
