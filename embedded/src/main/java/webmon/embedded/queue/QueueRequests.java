package webmon.embedded.queue;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes queues by SQS's query protocol: the one request that needs no client library. */
final class QueueRequests {
  /** What SQS keeps a message for at most, and what the reports' queue uses. */
  private static final Duration RETENTION = Duration.ofDays(14);

  private final URI endpoint;

  QueueRequests(URI endpoint) {
    this.endpoint = endpoint;
  }

  /** {@code redrivePolicy} is JSON; empty: none. */
  void create(String name, Duration visibility, String redrivePolicy)
      throws IOException, InterruptedException {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("Action", "CreateQueue");
    form.put("Version", "2012-11-05");
    form.put("QueueName", name);
    form.put("Attribute.1.Name", "VisibilityTimeout");
    form.put("Attribute.1.Value", Long.toString(visibility.toSeconds()));
    form.put("Attribute.2.Name", "MessageRetentionPeriod");
    form.put("Attribute.2.Value", Long.toString(RETENTION.toSeconds()));
    if (!redrivePolicy.isEmpty()) {
      form.put("Attribute.3.Name", "RedrivePolicy");
      form.put("Attribute.3.Value", redrivePolicy);
    }
    String body =
        form.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + encode(entry.getValue()))
            .collect(Collectors.joining("&"));
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .timeout(Duration.ofSeconds(10))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpResponse<String> response =
          client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (response.statusCode() != 200) {
        throw new IOException("The queue " + name + " cannot be made: " + response.body());
      }
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
