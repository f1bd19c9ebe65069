package webmon.agent.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import webmon.configuration.Secret;

final class HttpsTransportTest extends TransportContract {
  private final MockWebServer server = new MockWebServer();

  @SuppressWarnings("NullAway.Init")
  private ServerConnection connection;

  @BeforeEach
  void start() throws Exception {
    server.start();
    connection =
        new ServerConnection(
            URI.create(server.url("/webmon").toString()), new Secret("wm_1_secret"));
  }

  @AfterEach
  void stop() {
    connection.close();
    server.close();
  }

  @Override
  Transport transport() {
    server.enqueue(new MockResponse.Builder().code(200).body("a.b.c").build());
    return new HttpsTransport(connection);
  }

  @Override
  List<String> received() throws InterruptedException {
    List<String> bodies = new ArrayList<>();
    for (int i = server.getRequestCount(); i > 0; i--) {
      ByteString body = server.takeRequest().getBody();
      bodies.add(body == null ? "" : body.utf8());
    }
    return bodies;
  }

  @Override
  void cut() {
    server.close();
  }

  @Test
  void sendsTypeAndKey() throws InterruptedException {
    Transport transport = transport();
    assertThat(transport.send(List.of(new byte[] {'x'})))
        .containsExactly(new Sent.Acknowledged("a.b.c"));
    RecordedRequest request = server.takeRequest();
    assertThat(request.getMethod()).isEqualTo("POST");
    assertThat(request.getUrl().encodedPath()).isEqualTo("/webmon/api/v1/ingest/reports");
    assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/jose");
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer wm_1_secret");
  }

  @Test
  void asksForTheWordOnAStream() throws InterruptedException {
    server.enqueue(new MockResponse.Builder().code(200).body("d.e.f").build());
    HttpsAcknowledgements acknowledgements = new HttpsAcknowledgements(connection, "a b/c");
    assertThat(acknowledgements.ask("0123", Duration.ofSeconds(5)))
        .isEqualTo(new Sent.Acknowledged("d.e.f"));
    RecordedRequest request = server.takeRequest();
    assertThat(request.getMethod()).isEqualTo("GET");
    assertThat(request.getTarget())
        .isEqualTo("/webmon/api/v1/agents/a%20b%2Fc/acknowledgement?stream=0123");
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer wm_1_secret");
  }

  @Test
  void doesNotWaitLongerThanItIsTold() {
    server.enqueue(new MockResponse.Builder().code(200).headersDelay(30, TimeUnit.SECONDS).build());
    HttpsAcknowledgements acknowledgements = new HttpsAcknowledgements(connection, "a");
    long start = System.nanoTime();
    assertThat(acknowledgements.ask("0123", Duration.ofMillis(300)))
        .isInstanceOf(Sent.Failed.class);
    assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(10));
  }

  @ParameterizedTest
  @CsvSource({"201", "202", "204", "302", "400", "401", "403", "413", "429", "500", "503"})
  void nothingButATwoHundredIsAnAnswerAndEverythingElseMayPass(int code) {
    MockResponse.Builder response = new MockResponse.Builder().code(code);
    if (code == 302) {
      response.addHeader("Location", server.url("/elsewhere"));
    }
    server.enqueue(response.build());
    List<Sent> sent = new HttpsTransport(connection).send(List.of(new byte[] {'x'}));
    assertThat(sent)
        .singleElement()
        .isInstanceOfSatisfying(
            Sent.Failed.class,
            failed -> {
              assertThat(failed.passing()).isTrue();
              assertThat(failed.sentence()).contains(Integer.toString(code));
            });
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void repeatsWhatAProblemSays() {
    server.enqueue(
        new MockResponse.Builder()
            .code(401)
            .addHeader("Content-Type", "application/problem+json")
            .body("{\"title\":\"Unauthorized\",\"detail\":\"the key has ended\"}")
            .build());
    assertThat(new HttpsTransport(connection).send(List.of(new byte[] {'x'})))
        .singleElement()
        .isInstanceOfSatisfying(
            Sent.Failed.class,
            failed ->
                assertThat(failed.sentence())
                    .isEqualTo("the server answered 401, Unauthorized, the key has ended"));
  }

  @Test
  void anEndlessAnswerIsNone() {
    server.enqueue(new MockResponse.Builder().code(200).body("x".repeat(5 << 20)).build());
    assertThat(new HttpsTransport(connection).send(List.of(new byte[] {'x'})))
        .singleElement()
        .isInstanceOf(Sent.Failed.class);
  }
}
