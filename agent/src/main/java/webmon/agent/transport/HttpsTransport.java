package webmon.agent.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * Posts reports to the server itself, which answers to each with its acknowledgement. Closing it
 * leaves the connection to its owner.
 */
public final class HttpsTransport implements Transport {
  private static final MediaType JOSE = MediaType.get("application/jose");
  private static final int MOST_BYTES = 256 * 1024;
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);

  private final ServerConnection server;

  public HttpsTransport(ServerConnection server) {
    this.server = server;
  }

  @Override
  public String name() {
    return "https";
  }

  @Override
  public int mostBytes() {
    return MOST_BYTES;
  }

  @Override
  public int mostAtOnce() {
    return 1;
  }

  @Override
  public List<Sent> send(List<byte[]> sealed) {
    List<Sent> results = new ArrayList<>();
    for (byte[] report : sealed) {
      Request.Builder request =
          new Request.Builder()
              .url(server.url("api/v1/ingest/reports").build())
              .post(RequestBody.create(report, JOSE));
      results.add(server.call(request, ANSWER_WITHIN));
    }
    return results;
  }

  @Override
  public void close() {
    // The connection is shared.
  }
}
