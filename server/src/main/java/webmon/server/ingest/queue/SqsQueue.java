package webmon.server.ingest.queue;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.Message;

/** One SQS queue: receives and deletes. Safe for any thread; whoever opens it closes it. */
final class SqsQueue implements AutoCloseable {
  /** SQS gives at most ten at a time, and waits at most so long for one. */
  private static final int MOST_MESSAGES = 10;

  private static final Duration LONG_POLL = Duration.ofSeconds(20);

  private final SqsClient client;
  private final String url;

  private SqsQueue(SqsClient client, String url) {
    this.client = client;
    this.url = url;
  }

  static SqsQueue open(URI queueUrl) {
    QueueAddress address = QueueAddress.of(queueUrl);
    SqsClientBuilder builder =
        SqsClient.builder()
            .region(Region.of(address.region()))
            .credentialsProvider(credentials(address))
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(Duration.ofSeconds(5))
                    .socketTimeout(LONG_POLL.plusSeconds(10)));
    if (address.endpoint() != null) {
      builder.endpointOverride(address.endpoint());
    }
    return new SqsQueue(builder.build(), address.queueUrl());
  }

  /** An SQS of somebody else's takes anything: do not look for a machine's role there. */
  private static AwsCredentialsProvider credentials(QueueAddress address) {
    return address.isAws()
        ? DefaultCredentialsProvider.builder().build()
        : AwsCredentialsProviderChain.of(
            SystemPropertyCredentialsProvider.create(),
            EnvironmentVariableCredentialsProvider.create(),
            ProfileCredentialsProvider.create(),
            StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")));
  }

  /**
   * Waits for messages; an empty list after a while without any. They are hidden from others for as
   * long as the queue says, which has to be longer than storing them takes.
   */
  List<Message> receive() {
    return client
        .receiveMessage(request ->
            request
                .queueUrl(url)
                .maxNumberOfMessages(MOST_MESSAGES)
                .waitTimeSeconds((int) LONG_POLL.toSeconds()))
        .messages();
  }

  /** Deletes messages, at most as many as were received at once; gives how many could not be. */
  int delete(Collection<Message> messages) {
    if (messages.isEmpty()) {
      return 0;
    }
    int number = 0;
    List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>();
    for (Message message : messages) {
      entries.add(
          DeleteMessageBatchRequestEntry.builder()
              .id(String.valueOf(number++))
              .receiptHandle(message.receiptHandle())
              .build());
    }
    DeleteMessageBatchResponse response =
        client.deleteMessageBatch(request -> request.queueUrl(url).entries(entries));
    return response.failed().size();
  }

  @Override
  public void close() {
    client.close();
  }
}
