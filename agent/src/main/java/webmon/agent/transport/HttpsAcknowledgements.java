package webmon.agent.transport;

import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** Asks the server over HTTPS. */
public final class HttpsAcknowledgements implements AcknowledgementSource {
  private final ServerConnection server;
  private final String agent;

  public HttpsAcknowledgements(ServerConnection server, String agent) {
    this.server = server;
    this.agent = agent;
  }

  @Override
  public Sent ask(String stream, Duration atMost) {
    HttpUrl url =
        server
            .url("api/v1/agents")
            .addPathSegment(agent)
            .addPathSegment("acknowledgement")
            .addQueryParameter("stream", stream)
            .build();
    return server.call(new Request.Builder().url(url).get(), atMost);
  }
}
