package webmon.agent.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import webmon.result.FailureKind;
import webmon.result.Hop;
import webmon.result.Observation;
import webmon.result.Status;

class RedirectTest {
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

  private String url(String path) {
    return "http://127.0.0.1:" + site.getPort() + path;
  }

  private void redirect(int status, String location) {
    site.enqueue(new MockResponse.Builder().code(status).addHeader("Location", location).build());
  }

  @Test
  void followsAndKeepsEachHop() throws Exception {
    redirect(301, "/second?token=t0ps3cret");
    redirect(307, url("/third"));
    site.enqueue(new MockResponse.Builder().body("Welcome").build());

    Inspection inspection = bench.inspect(url("/first"), page -> page.contentPatterns("Welcome"));

    Observation seen = inspection.observation();
    assertThat(seen.status()).isEqualTo(Status.UP);
    assertThat(seen.httpStatus()).isEqualTo(200);
    assertThat(seen.hops())
        .containsExactly(new Hop(url("/first"), 301), new Hop(url("/second?token=***"), 307));
    assertThat(inspection.exchanges())
        .extracting(Exchange::httpStatus)
        .containsExactly(301, 307, 200);
  }

  @Test
  void followsTenAndNoMore() throws Exception {
    for (int i = 1; i <= 10; i++) {
      redirect(302, "/" + i);
    }
    site.enqueue(new MockResponse.Builder().body("there").build());
    for (int i = 1; i <= 11; i++) {
      redirect(302, "/again");
    }

    Observation ten = bench.check(url("/"));
    Observation eleven = bench.check(url("/again"));

    assertThat(ten.status()).isEqualTo(Status.UP);
    assertThat(ten.hops()).hasSize(10);
    assertThat(CheckBench.failure(eleven).kind()).isEqualTo(FailureKind.TOO_MANY_REDIRECTS);
    assertThat(CheckBench.failure(eleven).message())
        .isEqualTo("more than 10 redirects; the last one leads to \"" + url("/again") + "\"");
    assertThat(eleven.httpStatus()).isEqualTo(302);
    assertThat(eleven.hops()).hasSize(10);
  }

  @Test
  void doesNotFollowToWhatIsNoWebPage() throws Exception {
    redirect(302, "ftp://files.example.com/");

    Observation seen = bench.check(url("/"));

    assertThat(CheckBench.failure(seen).kind()).isEqualTo(FailureKind.UNEXPECTED_LOCATION);
    assertThat(CheckBench.failure(seen).message()).contains("\"ftp://files.example.com/\"");
  }

  @Test
  void takesARedirectWithoutALocationAsTheAnswer() throws Exception {
    site.enqueue(new MockResponse.Builder().code(302).build());

    assertThat(CheckBench.failure(bench.check(url("/"))).kind()).isEqualTo(FailureKind.HTTP_STATUS);
  }

  @Test
  void saysWhichAddressOfARedirectFailed() throws Exception {
    redirect(302, "http://127.0.0.1:1/");

    Observation seen = bench.check(url("/"));

    assertThat(CheckBench.failure(seen).kind()).isEqualTo(FailureKind.CONNECT_REFUSED);
    assertThat(CheckBench.failure(seen).message()).contains("127.0.0.1:1");
    assertThat(seen.hops()).containsExactly(new Hop(url("/"), 302));
    assertThat(seen.httpStatus()).isNull();
  }

  @Test
  void doesNotReadTheBodyOfARedirect() throws Exception {
    try (RawServer endless =
        new RawServer(socket -> {
          RawServer.readHead(socket);
          String head = "HTTP/1.1 302 Found\r\nLocation: " + url("/there") + "\r\n\r\n";
          socket.getOutputStream().write(head.getBytes(java.nio.charset.StandardCharsets.UTF_8));
          RawServer.waitForTheEnd(socket);
        })) {
      site.enqueue(new MockResponse.Builder().body("there").build());

      Observation seen =
          bench.check(endless.url("http"), page -> page.timeout(Duration.ofSeconds(5)));

      assertThat(seen.status()).isEqualTo(Status.UP);
    }
  }

  @Test
  void doesNotCarryAPasswordToAnotherOrigin() throws Exception {
    try (MockWebServer other = new MockWebServer()) {
      other.start();
      redirect(302, "/same");
      redirect(302, "http://127.0.0.1:" + other.getPort() + "/other");
      other.enqueue(new MockResponse.Builder().build());

      bench.check(url("/").replace("127.0.0.1", "amy:hunter22@127.0.0.1"));

      assertThat(site.takeRequest().getHeaders().get("Authorization")).isNotNull();
      assertThat(site.takeRequest().getHeaders().get("Authorization")).isNotNull();
      assertThat(other.takeRequest().getHeaders().get("Authorization")).isNull();
    }
  }
}
