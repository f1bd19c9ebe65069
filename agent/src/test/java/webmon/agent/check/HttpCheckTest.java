package webmon.agent.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import webmon.configuration.StatusRange;
import webmon.result.Failure;
import webmon.result.FailureKind;
import webmon.result.Observation;
import webmon.result.Status;

class HttpCheckTest {
  private final MockWebServer site = new MockWebServer();
  private final CheckBench bench = new CheckBench();

  @BeforeEach
  void open() throws IOException {
    site.start();
  }

  @AfterEach
  void close() {
    bench.close();
    site.close();
  }

  private String url() {
    return "http://127.0.0.1:" + site.getPort() + "/page";
  }

  private void answer(MockResponse.Builder response) {
    site.enqueue(response.build());
  }

  private static MockResponse.Builder page(String body) {
    return new MockResponse.Builder().body(body);
  }

  @Test
  void findsThePatternOfAGoodPage() throws Exception {
    answer(page("<a href=/login>Log in</a>"));

    Inspection inspection = bench.inspect(url(), page -> page.contentPatterns("Log in"));

    Observation seen = inspection.observation();
    assertThat(seen.status()).isEqualTo(Status.UP);
    assertThat(seen.httpStatus()).isEqualTo(200);
    assertThat(seen.contentMatched()).isTrue();
    assertThat(seen.bodyBytes()).isEqualTo(25);
    assertThat(seen.address()).isEqualTo("127.0.0.1");
    assertThat(seen.excerpt()).isNull();
    assertThat(inspection.expectations())
        .containsExactly(
            new Expectation("status 200-299", true, "200 OK"),
            new Expectation("content \"Log in\"", true, "found"));
  }

  @Test
  void measuresThePhasesThatTookPlaceAndNoOthers() throws Exception {
    answer(page("x"));

    Observation seen = bench.check(url());

    // An address needs no DNS, http no TLS.
    assertThat(seen.phases().dns()).isNull();
    assertThat(seen.phases().tls()).isNull();
    assertThat(seen.phases().connect()).isNotNull().isNotNegative();
    assertThat(seen.phases().waiting()).isNotNull().isNotNegative();
    assertThat(seen.phases().transfer()).isNotNull().isNotNegative();
    assertThat(seen.duration()).isPositive();
  }

  @Test
  void isDownWithoutItsPattern() throws Exception {
    answer(page("Sorry, we are closed.\n\n\u0007Come back\tlater"));

    Inspection inspection = bench.inspect(url(), page -> page.contentPatterns("Log in"));

    Observation seen = inspection.observation();
    assertThat(seen.status()).isEqualTo(Status.DOWN);
    assertThat(seen.httpStatus()).isEqualTo(200);
    assertThat(seen.contentMatched()).isFalse();
    assertThat(seen.failure())
        .isEqualTo(
            new Failure(FailureKind.CONTENT_MISSING, "\"Log in\" was not found in 39 bytes"));
    assertThat(seen.excerpt()).isEqualTo("Sorry, we are closed. Come back later");
    assertThat(inspection.expectations().getLast())
        .isEqualTo(new Expectation("content \"Log in\"", false, "not found in 39 bytes"));
  }

  @Test
  void isDownByItsStatusAndStillLooksAtTheContent() throws Exception {
    answer(page("no such page").code(404));

    Observation seen = bench.check(url(), page -> page.contentPatterns("such"));

    assertThat(seen.status()).isEqualTo(Status.DOWN);
    assertThat(seen.failure())
        .isEqualTo(
            new Failure(FailureKind.HTTP_STATUS, "status 404 Client Error, expected 200-299"));
    assertThat(seen.contentMatched()).isTrue();
    assertThat(seen.excerpt()).isEqualTo("no such page");
  }

  @Test
  void takesTheExpectedStatusFromThePage() throws Exception {
    answer(page("").code(404));
    answer(page("").code(500));
    StatusRange[] expected = {new StatusRange(404, 404), new StatusRange(200, 204)};

    assertThat(bench.check(url(), page -> page.expectedStatus(expected)).status())
        .isEqualTo(Status.UP);
    assertThat(bench.check(url(), page -> page.expectedStatus(expected)).failure())
        .isEqualTo(
            new Failure(FailureKind.HTTP_STATUS, "status 500 Server Error, expected 200-204, 404"));
  }

  @Test
  void asksOnceAndOnANewConnectionEachTime() throws Exception {
    // OkHttp alone would ask again upon either of these.
    answer(page("").code(503).addHeader("Retry-After", "0"));
    answer(page("").code(408));

    Inspection busy = bench.inspect(url(), page -> page);
    bench.check(url());

    assertThat(busy.observation().httpStatus()).isEqualTo(503);
    assertThat(busy.exchanges().getLast().responseHeaders())
        .contains(new Exchange.Header("Retry-After", "0"));
    assertThat(site.getRequestCount()).isEqualTo(2);
    RecordedRequest first = site.takeRequest();
    RecordedRequest second = site.takeRequest();
    assertThat(first.getHeaders().get("User-Agent")).isEqualTo("webmon/test");
    assertThat(first.getConnectionIndex()).isNotEqualTo(second.getConnectionIndex());
  }

  @Test
  void sendsNoCookiesBack() throws Exception {
    answer(page("").addHeader("Set-Cookie", "session=abc"));
    answer(page(""));

    bench.check(url());
    bench.check(url());

    site.takeRequest();
    assertThat(site.takeRequest().getHeaders().get("Cookie")).isNull();
  }

  @Test
  void unpacksTheBody() throws Exception {
    Buffer packed = new Buffer();
    try (var gzip = Okio.buffer(new GzipSink(packed))) {
      gzip.writeUtf8("Log in");
    }
    answer(new MockResponse.Builder().body(packed).addHeader("Content-Encoding", "gzip"));

    Observation seen = bench.check(url(), page -> page.contentPatterns("Log in"));

    assertThat(seen.status()).isEqualTo(Status.UP);
    assertThat(seen.bodyBytes()).isEqualTo(6);
  }

  @Test
  void readsTheBodyInItsDeclaredCharset() throws Exception {
    Buffer latin = new Buffer().write("Käännös".getBytes(ISO_8859_1));
    answer(
        new MockResponse.Builder()
            .body(latin.clone())
            .addHeader("Content-Type", "text/html; charset=iso-8859-1"));
    answer(page("Käännös").addHeader("Content-Type", "text/html; charset=no-such-charset"));
    answer(page("\uFEFFKäännös"));

    for (int i = 0; i < 3; i++) {
      assertThat(bench.check(url(), page -> page.contentPatterns("^Käännös$")).status())
          .isEqualTo(Status.UP);
    }
  }

  @Test
  void looksAtTheFirstMebibyteOnly() throws Exception {
    answer(page("x".repeat((int) Body.MOST_BYTES) + "Log in"));
    answer(page("x".repeat((int) Body.MOST_BYTES - 6) + "Log in"));

    Observation beyond = bench.check(url(), page -> page.contentPatterns("Log in"));
    Observation within = bench.check(url(), page -> page.contentPatterns("Log in"));

    assertThat(CheckBench.failure(beyond).message())
        .isEqualTo("\"Log in\" was not found in the first 1,048,576 bytes, and more is not read");
    assertThat(within.status()).isEqualTo(Status.UP);
  }

  @Test
  void signsInWithTheUserOfTheUrlAndShowsNeitherNameNorPassword() throws Exception {
    answer(page("").addHeader("Set-Cookie", "session=verysecret"));

    Inspection inspection =
        bench.inspect(
            "http://amy:hunter22@127.0.0.1:" + site.getPort() + "/?token=t0ps3cret", page -> page);

    assertThat(site.takeRequest().getHeaders().get("Authorization"))
        .isEqualTo("Basic YW15Omh1bnRlcjIy");
    assertThat(inspection.toString())
        .contains("Authorization", "Set-Cookie", "***")
        .doesNotContain("YW15Omh1bnRlcjIy", "hunter22", "verysecret", "t0ps3cret");
  }
}
