package webmon.embedded.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SqsException;

final class EmbeddedQueueTest {
  private static final QueueLayout REPORTS = QueueLayout.reports();

  @Test
  void bringsWhatWasSentAndForgetsWhatWasDeleted() throws IOException, InterruptedException {
    try (EmbeddedQueue queue = EmbeddedQueue.start(0, REPORTS);
        SqsClient client = client(queue)) {
      String url = queue.queueUrl(REPORTS.name());
      client.sendMessage(request -> request.queueUrl(url).messageBody("a report"));
      List<Message> received = receive(client, url, 1);
      assertThat(received).extracting(Message::body).containsExactly("a report");
      assertThat(receive(client, url, 0)).isEmpty();
      client.deleteMessage(
          request -> request.queueUrl(url).receiptHandle(received.getFirst().receiptHandle()));
      assertThat(
              attribute(client, url, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
          .isEqualTo("0");
    }
  }

  @Test
  void isMadeAsInProduction() throws IOException, InterruptedException {
    try (EmbeddedQueue queue = EmbeddedQueue.start(0, REPORTS);
        SqsClient client = client(queue)) {
      String url = client.getQueueUrl(request -> request.queueName("webmon-reports")).queueUrl();
      assertThat(url).isEqualTo(queue.queueUrl("webmon-reports"));
      assertThat(attribute(client, url, QueueAttributeName.VISIBILITY_TIMEOUT)).isEqualTo("30");
      assertThat(attribute(client, url, QueueAttributeName.REDRIVE_POLICY))
          .contains("webmon-reports-dead\"")
          .contains("\"maxReceiveCount\":10");
    }
  }

  @Test
  void movesAMessageThatIsReceivedTooOftenToTheDeadLetters()
      throws IOException, InterruptedException {
    QueueLayout impatient = REPORTS.withMostReceives(2).withVisibility(Duration.ZERO);
    try (EmbeddedQueue queue = EmbeddedQueue.start(0, impatient);
        SqsClient client = client(queue)) {
      String url = queue.queueUrl(impatient.name());
      client.sendMessage(request -> request.queueUrl(url).messageBody("poison"));
      assertThat(receive(client, url, 1)).hasSize(1);
      assertThat(receive(client, url, 1)).hasSize(1);
      assertThat(receive(client, url, 0)).isEmpty();
      assertThat(receive(client, queue.queueUrl(impatient.deadLetterName()), 1))
          .extracting(Message::body)
          .containsExactly("poison");
    }
  }

  @Test
  void keepsTheLimitsOfAws() throws IOException, InterruptedException {
    try (EmbeddedQueue queue = EmbeddedQueue.start(0, REPORTS);
        SqsClient client = client(queue)) {
      String url = queue.queueUrl(REPORTS.name());
      String most = "x".repeat(1 << 20);
      client.sendMessage(request -> request.queueUrl(url).messageBody(most));
      assertThatThrownBy(
              () -> client.sendMessage(request -> request.queueUrl(url).messageBody(most + "x")))
          .isInstanceOf(SqsException.class);
      List<SendMessageBatchRequestEntry> eleven =
          IntStream.range(0, 11)
              .mapToObj(i -> SendMessageBatchRequestEntry.builder().id("m" + i).messageBody("x"))
              .map(SendMessageBatchRequestEntry.Builder::build)
              .toList();
      assertThatThrownBy(
              () -> client.sendMessageBatch(request -> request.queueUrl(url).entries(eleven)))
          .isInstanceOf(SqsException.class);
    }
  }

  @Test
  void canBeCutWithinALongPollAndStartedAgainOnItsPort() throws Exception {
    EmbeddedQueue first = EmbeddedQueue.start(0, REPORTS);
    try (SqsClient client = client(first)) {
      String url = first.queueUrl(REPORTS.name());
      client.sendMessage(request -> request.queueUrl(url).messageBody("lost with the memory"));
      assertThat(receive(client, url, 1)).hasSize(1);
      CompletableFuture<Throwable> poll =
          CompletableFuture.supplyAsync(() -> catchThrowable(() -> receive(client, url, 20)));
      first.close();
      assertThat(poll.get(10, TimeUnit.SECONDS)).isInstanceOf(SdkException.class);
      first.close();
      try (EmbeddedQueue second = EmbeddedQueue.start(first.port(), REPORTS)) {
        assertThat(second.endpoint()).isEqualTo(first.endpoint());
        client.sendMessage(request -> request.queueUrl(url).messageBody("sent again"));
        assertThat(receive(client, url, 1)).extracting(Message::body).containsExactly("sent again");
      }
    }
  }

  @Test
  void saysThatAPortIsTaken() throws IOException, InterruptedException {
    try (EmbeddedQueue queue = EmbeddedQueue.start(0, REPORTS)) {
      assertThatThrownBy(() -> EmbeddedQueue.start(queue.port(), REPORTS))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("port " + queue.port())
          .hasMessageContaining("choose another port");
    }
  }

  private static SqsClient client(EmbeddedQueue queue) {
    return SqsClient.builder()
        .endpointOverride(queue.endpoint())
        .region(Region.EU_NORTH_1)
        .credentialsProvider(AnonymousCredentialsProvider.create())
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .overrideConfiguration(
            configuration -> configuration.retryStrategy(DefaultRetryStrategy.doNotRetry()))
        .build();
  }

  private static List<Message> receive(SqsClient client, String url, int seconds) {
    return client
        .receiveMessage(request -> request.queueUrl(url).waitTimeSeconds(seconds))
        .messages();
  }

  private static String attribute(SqsClient client, String url, QueueAttributeName name) {
    return String.valueOf(
        client
            .getQueueAttributes(request -> request.queueUrl(url).attributeNames(name))
            .attributes()
            .get(name));
  }
}
