package webmon.acceptance.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import webmon.report.EncryptionKey;
import webmon.report.Envelope;
import webmon.report.Report;
import webmon.report.ReportHeader;
import webmon.report.SignedReport;
import webmon.report.SigningKey;

/** Delivers what it should not: forged reports, changed ones, and the same one again. */
public final class Postman {
  /** What forged reports are about. */
  public static final String FORGED_MONITOR = "forged-page";

  private final HttpClient client = HttpClient.newHttpClient();

  /** A report in the name of an agent, well made in everything but the key that signed it. */
  public String forged(String agent, Database database) {
    String stream = "f".repeat(32);
    byte[] line =
        """
        {"@timestamp":"%s","event":{"dataset":"webmon.check","sequence":1,"outcome":"failure"},\
        "agent":{"id":"%s"},"observer":{"geo":{"name":"region-of-%s"}},\
        "monitor":{"id":"%s","name":"Forged","type":"http","status":"down"},"webmon":{"stream":"%s"}}\
        """
            .formatted(Instant.now(), agent, agent, FORGED_MONITOR, stream)
            .getBytes(StandardCharsets.UTF_8);
    ReportHeader header =
        new ReportHeader(
            ReportHeader.Kind.LINES,
            database.texts("select id from deployment").getFirst(),
            agent,
            stream,
            null,
            "region-of-" + agent,
            1,
            1,
            1,
            null,
            Instant.now(),
            null,
            "e".repeat(32),
            null);
    Report report = new Report(header, List.of(line));
    return seal(SignedReport.sign(report, SigningKey.generate()), database);
  }

  /** A real report of that shape with one character of its content changed on the way. */
  public String changed(String agent, Database database) {
    String[] segments = forged(agent, database).split("\\.", -1);
    char third = segments[3].charAt(40);
    segments[3] =
        segments[3].substring(0, 40) + (third == 'A' ? 'B' : 'A') + segments[3].substring(41);
    return String.join(".", segments);
  }

  /** Encrypts a signed report for the server. */
  public String seal(String jws, Database database) {
    String jwk =
        database
            .texts("select jwk from server_key where use = 'enc' and retired_at is null")
            .getFirst();
    return Envelope.seal(jws, EncryptionKey.ofJwk(jwk));
  }

  /** Puts a text into the queue of reports, as whoever may write to it can. */
  public void sendByQueue(Relay queue, String message) {
    ask(queue, "SendMessage", ", \"MessageBody\": \"" + message + "\"");
  }

  /** Waits until the server has dealt with everything in the queue. */
  public void awaitEmptyQueue(Relay queue) {
    String attributes =
        ", \"AttributeNames\": [\"ApproximateNumberOfMessages\", \"ApproximateNumberOfMessagesNotVisible\"]";
    Wait.until(
        Duration.ofSeconds(60),
        () -> {
          var counts = Api.read(ask(queue, "GetQueueAttributes", attributes)).path("Attributes");
          return counts.path("ApproximateNumberOfMessages").asInt() == 0
              && counts.path("ApproximateNumberOfMessagesNotVisible").asInt() == 0;
        },
        () -> "an empty queue");
  }

  private String ask(Relay queue, String action, String more) {
    URI url = queue.address().resolve("/000000000000/webmon-reports");
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", "AmazonSQS." + action)
            .POST(
                HttpRequest.BodyPublishers.ofString("{\"QueueUrl\": \"" + url + "\"" + more + "}"))
            .build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new AssertionError(action + ": " + answer.statusCode() + " " + answer.body());
      }
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
