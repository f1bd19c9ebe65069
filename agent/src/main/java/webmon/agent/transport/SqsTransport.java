package webmon.agent.transport;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;

/**
 * Puts reports into a queue that speaks Amazon's SQS. The queue's word is only that it has them:
 * {@link Sent.Accepted}.
 */
public final class SqsTransport implements Transport {
  /** "The maximum is 10 messages per batch" (SQS, SendMessageBatch). */
  private static final int MOST_AT_ONCE = 10;

  /** SQS takes 1 MiB in a message and in a batch; servers take less in a report. */
  private static final int MOST_BYTES = 256 * 1024;

  private static final int MOST_BATCH_BYTES = 1024 * 1024;
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(3);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
  private static final Duration CALL_WITHIN = Duration.ofSeconds(10);

  private final URI queueUrl;
  private final SqsClient client;

  private SqsTransport(URI queueUrl, SqsClient client) {
    this.queueUrl = queueUrl;
    this.client = client;
  }

  /**
   * For that queue. Credentials are found as Amazon's tools find them; a queue that is not Amazon's
   * gets those of the environment, or made-up ones, since local ones take any.
   */
  public static SqsTransport to(URI queueUrl) {
    QueueAddress address = new QueueAddress(queueUrl);
    SqsClient client =
        SqsClient.builder()
            .endpointOverride(address.endpoint())
            .region(Region.of(address.region()))
            .credentialsProvider(credentials(address))
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(CONNECT_WITHIN)
                    .socketTimeout(ANSWER_WITHIN))
            .overrideConfiguration(override ->
                override.apiCallTimeout(CALL_WITHIN).apiCallAttemptTimeout(ANSWER_WITHIN))
            .build();
    return new SqsTransport(queueUrl, client);
  }

  private static AwsCredentialsProvider credentials(QueueAddress address) {
    if (address.isAmazon()) {
      return DefaultCredentialsProvider.builder().build();
    }
    return AwsCredentialsProviderChain.of(
        SystemPropertyCredentialsProvider.create(),
        EnvironmentVariableCredentialsProvider.create(),
        StaticCredentialsProvider.create(AwsBasicCredentials.create("webmon", "webmon")));
  }

  @Override
  public String name() {
    return "sqs";
  }

  @Override
  public int mostBytes() {
    return MOST_BYTES;
  }

  @Override
  public int mostAtOnce() {
    return MOST_AT_ONCE;
  }

  @Override
  public List<Sent> send(List<byte[]> sealed) {
    List<Sent> results = new ArrayList<>();
    List<byte[]> batch = new ArrayList<>();
    int bytes = 0;
    for (byte[] report : sealed) {
      if (bytes + report.length > MOST_BATCH_BYTES) {
        results.addAll(sendBatch(batch));
        batch.clear();
        bytes = 0;
      }
      batch.add(report);
      bytes += report.length;
    }
    results.addAll(sendBatch(batch));
    return results;
  }

  private List<Sent> sendBatch(List<byte[]> batch) {
    List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
    for (byte[] report : batch) {
      entries.add(
          SendMessageBatchRequestEntry.builder()
              .id(Integer.toString(entries.size()))
              .messageBody(new String(report, StandardCharsets.US_ASCII))
              .build());
    }
    Map<String, Sent> byId = new HashMap<>();
    Sent otherwise = new Sent.Failed(true, "the queue did not mention it", null);
    try {
      SendMessageBatchResponse response =
          client.sendMessageBatch(
              request -> request.queueUrl(queueUrl.toString()).entries(entries));
      for (SendMessageBatchResultEntry taken : response.successful()) {
        byId.put(taken.id(), new Sent.Accepted());
      }
      for (BatchResultErrorEntry failed : response.failed()) {
        byId.put(failed.id(), failed(failed));
      }
    } catch (SdkException e) {
      otherwise = new Sent.Failed(true, sentence(e), e);
    }
    List<Sent> results = new ArrayList<>();
    for (SendMessageBatchRequestEntry entry : entries) {
      results.add(byId.getOrDefault(entry.id(), otherwise));
    }
    return results;
  }

  private static Sent failed(BatchResultErrorEntry entry) {
    boolean passing = !Boolean.TRUE.equals(entry.senderFault());
    return new Sent.Failed(passing, entry.code() + ": " + entry.message(), null);
  }

  private static String sentence(SdkException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return String.valueOf(e.getMessage())
        + (cause == e || cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")");
  }

  @Override
  public void close() {
    client.close();
  }
}
