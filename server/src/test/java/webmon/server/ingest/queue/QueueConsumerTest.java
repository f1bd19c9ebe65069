package webmon.server.ingest.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import webmon.embedded.queue.EmbeddedQueue;
import webmon.embedded.queue.QueueLayout;
import webmon.report.TestReports;
import webmon.server.ingest.IngestFixture;

/** A real SQS API on one side, a real PostgreSQL on the other. */
@Timeout(90)
class QueueConsumerTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final QueueLayout LAYOUT =
      QueueLayout.reports().withVisibility(Duration.ofSeconds(1)).withMostReceives(3);

  private final IngestFixture server = new IngestFixture();
  private final TestReports agent = server.agent("a");
  private EmbeddedQueue queue;
  private SqsClient client;
  private @Nullable QueueConsumer consumer;

  QueueConsumerTest() throws Exception {
    queue = EmbeddedQueue.start(0, LAYOUT);
    client = client(queue);
  }

  private static SqsClient client(EmbeddedQueue queue) {
    return SqsClient.builder()
        .endpointOverride(queue.endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  @BeforeEach
  void nothingIsThere() {
    assertThat(messages(LAYOUT.name())).isZero();
  }

  private void consume(int consumers) {
    consumer =
        QueueConsumer.start(
            URI.create(queue.queueUrl(LAYOUT.name())),
            consumers,
            server.ingest::take,
            server.ingest::storeAnswers,
            server.metrics,
            new Random(1));
  }

  private void send(String body) {
    client.sendMessage(
        request -> request.queueUrl(queue.queueUrl(LAYOUT.name())).messageBody(body));
  }

  private void send(TestReports.Signed report) {
    send(report.seal(IngestFixture.serverKey()));
  }

  /** Visible, hidden and delayed ones. */
  private long messages(String name) {
    Map<QueueAttributeName, String> attributes =
        client
            .getQueueAttributes(request ->
                request.queueUrl(queue.queueUrl(name)).attributeNames(QueueAttributeName.ALL))
            .attributes();
    return Long.parseLong(
            attributes.getOrDefault(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "0"))
        + Long.parseLong(
            attributes.getOrDefault(
                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE, "0"));
  }

  private void awaitEmpty() {
    await().atMost(SOON).until(() -> messages(LAYOUT.name()) == 0);
  }

  private long metric(String name) {
    return server.metrics.counter("webmon.queue." + name).getCount();
  }

  @Test
  void storesWhatComesAndDeletesIt() {
    consume(3);
    for (int i = 0; i < 40; i++) {
      send(agent.ups("shop", 2));
    }
    await().atMost(SOON).until(() -> server.acknowledgement(agent).contiguous() == 80);
    awaitEmpty();
    assertThat(server.count("check_result")).isEqualTo(80);
    assertThat(metric("deleted")).isEqualTo(metric("received")).isGreaterThanOrEqualTo(40);
  }

  @Test
  void goesOnAfterWhatIsNotAuthentic() {
    consume(1);
    send("junk");
    TestReports.Signed report = agent.ups("shop", 1);
    String sealed = report.seal(IngestFixture.serverKey());
    send(sealed.substring(0, sealed.length() - 1) + (sealed.endsWith("A") ? "B" : "A"));
    send(report);
    await().atMost(SOON).until(() -> server.acknowledgement(agent).contiguous() == 1);
    awaitEmpty();
    assertThat(server.count("rejected_report")).isEqualTo(2);
    assertThat(messages(LAYOUT.deadLetterName())).isZero();
  }

  @Test
  void receivesNothingWhileTheStoreIsAwayAndLosesNothing() {
    server.database.goAway();
    for (int i = 0; i < 35; i++) {
      send(agent.ups("shop", 1));
    }
    consume(2);
    await().atMost(SOON).until(() -> metric("received") > 0);
    // Far longer than a message is hidden: whoever went on receiving would use up the three
    // receives after which the queue gives a message up.
    await().during(Duration.ofSeconds(5)).atMost(SOON).until(() -> metric("received") <= 20);
    server.database.comeBack();
    await().atMost(SOON).until(() -> server.acknowledgement(agent).contiguous() == 35);
    awaitEmpty();
    assertThat(server.count("check_result")).isEqualTo(35);
    assertThat(messages(LAYOUT.deadLetterName())).isZero();
  }

  @Test
  void leavesANewerAgentsReportInTheQueue() {
    send(agent.ofVersion(2));
    consume(1);
    await().atMost(SOON).until(() -> metric("waiting") > 0);
    assertThat(messages(LAYOUT.name()) + messages(LAYOUT.deadLetterName())).isEqualTo(1);
    assertThat(server.count("rejected_report")).isZero();
    assertThat(server.count("report")).isZero();
  }

  @Test
  void goesOnWhenTheQueueIsBack() throws Exception {
    consume(2);
    send(agent.ups("shop", 1));
    await().atMost(SOON).until(() -> server.acknowledgement(agent).contiguous() == 1);
    int port = queue.port();
    queue.close();
    await().atMost(SOON).until(() -> metric("failures") > 0);
    queue = EmbeddedQueue.start(port, LAYOUT);
    send(agent.ups("shop", 1));
    await().atMost(SOON).until(() -> server.acknowledgement(agent).contiguous() == 2);
  }

  @Test
  @Timeout(20)
  void endsAtOnceInTheMiddleOfALongPoll() {
    consume(2);
    send(agent.ups("shop", 1));
    await().atMost(SOON).until(() -> server.acknowledgement(agent).contiguous() == 1);
    QueueConsumer closed = consumer;
    consumer = null;
    if (closed != null) {
      // A long poll lasts 20 s: the test's own limit would pass if it were waited for.
      closed.close();
    }
    send(agent.ups("shop", 1));
    await()
        .during(Duration.ofSeconds(1))
        .atMost(SOON)
        .until(() -> server.acknowledgement(agent).contiguous() == 1);
  }

  @AfterEach
  void close() {
    if (consumer != null) {
      consumer.close();
    }
    client.close();
    queue.close();
  }
}
