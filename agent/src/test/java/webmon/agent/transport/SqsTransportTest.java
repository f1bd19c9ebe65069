package webmon.agent.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import webmon.embedded.queue.EmbeddedQueue;
import webmon.embedded.queue.QueueLayout;

final class SqsTransportTest extends TransportContract {
  @SuppressWarnings("NullAway.Init")
  private EmbeddedQueue queue;

  @SuppressWarnings("NullAway.Init")
  private SqsTransport transport;

  private @Nullable SqsClient reader;

  @BeforeEach
  void start() throws Exception {
    queue = EmbeddedQueue.start(0, QueueLayout.reports());
    transport = SqsTransport.to(url());
  }

  @AfterEach
  void stop() {
    transport.close();
    if (reader != null) {
      reader.close();
    }
    queue.close();
  }

  private URI url() {
    return URI.create(queue.queueUrl(QueueLayout.reports().name()));
  }

  @Override
  Transport transport() {
    return transport;
  }

  @Override
  List<String> received() {
    SqsClient client =
        SqsClient.builder()
            .endpointOverride(queue.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("x", "x")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    reader = client;
    List<String> bodies = new ArrayList<>();
    while (true) {
      List<Message> messages =
          client
              .receiveMessage(request -> request.queueUrl(url().toString()).maxNumberOfMessages(10))
              .messages();
      if (messages.isEmpty()) {
        return bodies;
      }
      for (Message message : messages) {
        bodies.add(message.body());
        client.deleteMessage(
            request -> request.queueUrl(url().toString()).receiptHandle(message.receiptHandle()));
      }
    }
  }

  @Override
  void cut() {
    queue.close();
  }

  @Test
  void aQueueThatIsNotThereMayCome() {
    try (SqsTransport elsewhere = SqsTransport.to(URI.create(url() + "-elsewhere"))) {
      assertThat(elsewhere.send(List.of(new byte[] {'x'})))
          .singleElement()
          .isInstanceOfSatisfying(
              Sent.Failed.class, failed -> assertThat(failed.passing()).isTrue());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://sqs.eu-north-1.amazonaws.com/1/q, https://sqs.eu-north-1.amazonaws.com, eu-north-1, true",
    "https://eu-west-2.queue.amazonaws.com/1/q, https://eu-west-2.queue.amazonaws.com, eu-west-2, true",
    "https://sqs.us-gov-west-1.amazonaws.com/1/q, https://sqs.us-gov-west-1.amazonaws.com,"
        + " us-gov-west-1, true",
    "https://sqs.cn-north-1.amazonaws.com.cn/1/q, https://sqs.cn-north-1.amazonaws.com.cn,"
        + " cn-north-1, true",
    "https://vpce-1.sqs.us-east-2.vpce.amazonaws.com/1/q,"
        + " https://vpce-1.sqs.us-east-2.vpce.amazonaws.com, us-east-2, true",
    "http://127.0.0.1:9324/000000000000/q, http://127.0.0.1:9324, us-east-1, false",
    "http://elasticmq:9324/000000000000/q, http://elasticmq:9324, us-east-1, false",
    "https://sqs.eu-north-1.amazonaws.com.evil.example/1/q,"
        + " https://sqs.eu-north-1.amazonaws.com.evil.example, eu-north-1, false"
  })
  void aQueuesUrlSaysWhereItIs(URI url, URI endpoint, String region, boolean amazon) {
    QueueAddress address = new QueueAddress(url);
    assertThat(address.endpoint()).isEqualTo(endpoint);
    assertThat(address.region()).isEqualTo(region);
    assertThat(address.isAmazon()).isEqualTo(amazon);
  }
}
