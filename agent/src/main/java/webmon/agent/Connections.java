package webmon.agent;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import webmon.agent.report.Routes;
import webmon.agent.transport.AcknowledgementSource;
import webmon.agent.transport.HttpsAcknowledgements;
import webmon.agent.transport.HttpsTransport;
import webmon.agent.transport.ServerConnection;
import webmon.agent.transport.SqsTransport;
import webmon.agent.transport.Transport;
import webmon.configuration.ReportSettings;
import webmon.configuration.Secret;
import webmon.configuration.TransportKind;

/** The transports that a {@code [report]} asks for. */
final class Connections implements AutoCloseable {
  private static final Duration SHORTEST_ASK = Duration.ofSeconds(1);

  private final @Nullable ServerConnection server;
  private final Routes routes;

  private Connections(@Nullable ServerConnection server, Routes routes) {
    this.server = server;
    this.routes = routes;
  }

  /**
   * Makes them; nothing is sent yet.
   *
   * @throws IllegalArgumentException with a sentence for people if an address is missing or wrong
   */
  static Connections of(ReportSettings report, String agent) {
    URI serverUrl = report.serverUrl();
    Secret apiKey = report.apiKey();
    ServerConnection server = null;
    Transport direct = null;
    AcknowledgementSource acknowledgements = null;
    if (serverUrl != null) {
      if (apiKey == null) {
        throw new IllegalArgumentException("report.api_key is missing: the server asks for it");
      }
      server = new ServerConnection(serverUrl, apiKey);
      direct = new HttpsTransport(server);
      acknowledgements = new HttpsAcknowledgements(server, agent);
    }
    List<Transport> transports = new ArrayList<>();
    for (TransportKind kind : report.transports()) {
      transports.add(
          switch (kind) {
            case SQS -> SqsTransport.to(needed(report.queueUrl()));
            case HTTPS -> {
              if (direct == null) {
                throw new IllegalArgumentException(
                    "report.server_url is missing: the transport https needs it");
              }
              yield direct;
            }
          });
    }
    Routes routes = new Routes(transports, direct, acknowledgements, askEvery(report));
    return new Connections(server, routes);
  }

  private static URI needed(@Nullable URI queueUrl) {
    if (queueUrl == null) {
      throw new IllegalArgumentException("report.queue_url is missing: the transport sqs needs it");
    }
    return queueUrl;
  }

  /** Whoever wants his results soon wants to know soon that they arrived. */
  private static Duration askEvery(ReportSettings report) {
    Duration flush = report.flushInterval();
    if (flush.compareTo(Routes.ASK_EVERY) >= 0) {
      return Routes.ASK_EVERY;
    }
    return flush.compareTo(SHORTEST_ASK) < 0 ? SHORTEST_ASK : flush;
  }

  Routes routes() {
    return routes;
  }

  @Override
  public void close() {
    routes.transports().forEach(Transport::close);
    if (server != null) {
      server.close();
    }
  }
}
