package webmon.agent.transport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
import webmon.configuration.Secret;

/** Requests to the server with an API key, shared by whoever speaks to it. */
public final class ServerConnection implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** An acknowledgement with many holes is long; what a captive portal says may be endless. */
  private static final long MOST_ANSWER_BYTES = 4L * 1024 * 1024;

  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
  private static final Duration CALL_WITHIN = Duration.ofSeconds(15);

  private final HttpUrl server;
  private final Secret apiKey;
  private final OkHttpClient client;

  /**
   * To a server; nothing is sent yet.
   *
   * @throws IllegalArgumentException if the URL is not http or https
   */
  public ServerConnection(URI server, Secret apiKey) {
    this.server = HttpUrl.get(server.toString());
    this.apiKey = apiKey;
    this.client =
        new OkHttpClient.Builder()
            .connectTimeout(CONNECT_WITHIN)
            .callTimeout(CALL_WITHIN)
            // A redirect would take the key to somebody else.
            .followRedirects(false)
            .followSslRedirects(false)
            .build();
  }

  HttpUrl.Builder url(String path) {
    return server.newBuilder().addPathSegments(path);
  }

  /** Asks within a bound; a 200 is {@link Sent.Acknowledged}, everything else has failed. */
  Sent call(Request.Builder request, Duration atMost) {
    Call call = client.newCall(request.header("Authorization", "Bearer " + apiKey.value()).build());
    if (atMost.compareTo(CALL_WITHIN) < 0) {
      call.timeout().timeout(atMost.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
    }
    try (Response response = call.execute()) {
      String body = body(response);
      return response.code() == 200
          ? new Sent.Acknowledged(body)
          : new Sent.Failed(true, sentence(response, body), null);
    } catch (IOException e) {
      return new Sent.Failed(true, server.host() + ": " + e, e);
    }
  }

  private static String body(Response response) throws IOException {
    BufferedSource source = response.body().source();
    if (source.request(MOST_ANSWER_BYTES + 1)) {
      throw new IOException("an answer of more than " + MOST_ANSWER_BYTES + " bytes");
    }
    return source.getBuffer().readUtf8();
  }

  /** RFC 9457 says where a server puts what people should know. */
  private static String sentence(Response response, String body) {
    StringBuilder sentence = new StringBuilder("the server answered ").append(response.code());
    try {
      JsonNode problem = MAPPER.readTree(body);
      for (String member : new String[] {"title", "detail"}) {
        if (problem != null && problem.path(member).isTextual()) {
          String text = problem.path(member).textValue();
          sentence.append(", ").append(text, 0, Math.min(text.length(), 200));
        }
      }
    } catch (JsonProcessingException noProblem) {
      sentence.append(", and nothing that can be read");
    }
    return sentence.toString();
  }

  @Override
  public void close() {
    client.dispatcher().cancelAll();
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
