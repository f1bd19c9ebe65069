package webmon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import webmon.configuration.ServerSettings;
import webmon.embedded.queue.EmbeddedQueue;
import webmon.embedded.queue.QueueLayout;

/** From the queue to the API, in one server. */
@Timeout(120)
class QueueWayTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void showsWhatCameByTheQueueAndSaysWhenTheQueueIsAway() throws Exception {
    QueueLayout layout = QueueLayout.reports();
    EmbeddedQueue queue = EmbeddedQueue.start(0, layout);
    URI queueUrl = URI.create(queue.queueUrl(layout.name()));
    try (RunningServer server = start(queueUrl)) {
      TestAgent agent =
          TestAgent.register(
              server, "by-queue", "r", InstantSource.system().instant().minusSeconds(30));
      send(queue, queueUrl, agent.seal(agent.reports().ups("shop", 2)));
      await()
          .atMost(SOON)
          .untilAsserted(() ->
              assertThat(server.read("/api/v1/agents/by-queue").path("contiguous").asLong())
                  .isEqualTo(2));
      JsonNode monitors = server.read("/api/v1/monitors");
      assertThat(monitors.path("items").path(0).path("state").asText()).isEqualTo("up");
      assertThat(server.get("/ready").statusCode()).isEqualTo(200);

      queue.close();
      await().atMost(SOON).until(() -> server.get("/ready").statusCode() == 503);
      HttpResponse<String> unready = server.get("/ready");
      assertThat(RunningServer.json(unready).path("checks").toString())
          .isEqualTo("{\"queue\":\"The queue cannot be read.\"}");
      assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void closesWithinFiveSecondsWhileItWaitsForTheQueue() throws Exception {
    try (EmbeddedQueue queue = EmbeddedQueue.start(0, QueueLayout.reports())) {
      RunningServer server = start(URI.create(queue.queueUrl(QueueLayout.reports().name())));
      assertThat(server.get("/ready").statusCode()).isEqualTo(200);
      Instant begin = InstantSource.system().instant();
      server.close();
      assertThat(Duration.between(begin, InstantSource.system().instant()))
          .isLessThan(Duration.ofSeconds(5));
    }
  }

  private static RunningServer start(URI queueUrl) {
    TestDatabase database = TestDatabase.fresh();
    ServerSettings free =
        RunningServer.settings(database.url(), database.user(), database.password());
    return RunningServer.start(
        new ServerSettings(
            free.address(),
            free.adminAddress(),
            free.databaseUrl(),
            free.databaseUser(),
            free.databasePassword(),
            queueUrl,
            free.keysFile(),
            null),
        InstantSource.system(),
        database);
  }

  private static void send(EmbeddedQueue queue, URI queueUrl, String body) {
    try (SqsClient client =
        SqsClient.builder()
            .endpointOverride(queue.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build()) {
      client.sendMessage(request -> request.queueUrl(queueUrl.toString()).messageBody(body));
    }
  }
}
