package webmon.agent.report;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import webmon.agent.transport.AcknowledgementSource;
import webmon.agent.transport.Sent;
import webmon.agent.transport.Transport;
import webmon.configuration.ReportSettings;
import webmon.configuration.TransportKind;
import webmon.report.AcknowledgementCodec;
import webmon.report.DecryptionKey;
import webmon.report.Envelope;
import webmon.report.Limits;
import webmon.report.PayloadCodec;
import webmon.report.RejectedException;
import webmon.report.Report;
import webmon.report.ReportHeader;
import webmon.report.SignedReport;
import webmon.report.SigningKey;
import webmon.report.VerificationKey;

/**
 * The receiving end with real cryptography and no disk: opens, verifies, stores once, tells forks,
 * and signs acknowledgements. Its queue is in memory and is handed on only by {@link #deliver}.
 */
final class FakeServer {
  static final String DEPLOYMENT = "00112233445566778899aabbccddeeff";

  private final SigningKey signing = SigningKey.generate();
  private final DecryptionKey decryption = DecryptionKey.generate();
  private final Map<String, VerificationKey> agents = new HashMap<>();
  private final Map<String, FakeStream> streams = new HashMap<>();
  private final List<byte[]> queue = new ArrayList<>();
  private final List<Report> reports = new ArrayList<>();
  private final List<String> received = new ArrayList<>();
  private String storeEpoch = "first";
  private volatile boolean queueUp = true;
  private volatile boolean serverUp = true;
  private volatile boolean portal;
  private volatile boolean delivering = true;
  private volatile Predicate<ReportHeader> refusing = header -> false;

  /** What the server has: which line of which stream, and in which of its rows. */
  record Line(String stream, long sequence, String sha256) {}

  synchronized FakeServer knows(VerificationKey agent) {
    agents.put(agent.kid(), agent);
    return this;
  }

  ReportSettings settings(Duration flush, Duration resendAfter) {
    return new ReportSettings(
        List.of(TransportKind.SQS),
        null,
        null,
        null,
        DEPLOYMENT,
        List.of(signing.publicKey().jwk(), decryption.publicKey().jwk()),
        flush,
        resendAfter);
  }

  /** By queue, with the server reachable. */
  Routes byQueue() {
    return new Routes(List.of(new Queue()), new Https(), asks(), Duration.ofMillis(50));
  }

  Routes byHttps() {
    return new Routes(List.of(new Https()), new Https(), asks(), Duration.ofMillis(50));
  }

  Routes byQueueThenHttps() {
    return new Routes(
        List.of(new Queue(), new Https()), new Https(), asks(), Duration.ofMillis(50));
  }

  /** By queue, and no server to be asked. */
  Routes byQueueAlone() {
    return new Routes(List.of(new Queue()), null, null, Duration.ofMillis(50));
  }

  void queueUp(boolean up) {
    queueUp = up;
  }

  void serverUp(boolean up) {
    serverUp = up;
  }

  /** Something else answers 200 in the server's place. */
  void portal(boolean present) {
    portal = present;
  }

  /** Whether messages go from the queue to the server by themselves. */
  void delivering(boolean on) {
    delivering = on;
    if (on) {
      deliver();
    }
  }

  void refuse(Predicate<ReportHeader> which) {
    refusing = which;
  }

  /** Takes in what is in the queue, newest first, for good measure twice. */
  synchronized void deliver() {
    for (byte[] message : queue.reversed()) {
      takeQuietly(message);
      takeQuietly(message);
    }
    queue.clear();
  }

  synchronized void loseQueue() {
    queue.clear();
  }

  /** The database is restored from a time when it knew nothing. */
  synchronized void loseStore(boolean tellByEpoch) {
    streams.clear();
    if (tellByEpoch) {
      storeEpoch += "+";
    }
  }

  private void takeQuietly(byte[] message) {
    try {
      take(message);
    } catch (RejectedException e) {
      throw new AssertionError(e);
    }
  }

  private String take(byte[] sealed) throws RejectedException {
    String jws =
        Envelope.open(
            new String(sealed, StandardCharsets.US_ASCII),
            kid -> kid.equals(decryption.kid()) ? Optional.of(decryption) : Optional.empty());
    SignedReport.Authentic authentic =
        SignedReport.verify(jws, kid -> Optional.ofNullable(agents.get(kid)));
    Report report;
    try {
      report = PayloadCodec.unfold(authentic.payload(), Limits.SERVER);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    store(report, SignedReport.hash(jws));
    received.add(jws);
    return report.header().stream();
  }

  private void store(Report report, String hash) {
    ReportHeader header = report.header();
    FakeStream stored = streams.computeIfAbsent(header.stream(), FakeStream::new);
    if (stored.take(report, hash, refusing.test(header))) {
      reports.add(report);
    }
  }

  synchronized String acknowledgement(String stream) {
    FakeStream stored = streams.getOrDefault(stream, new FakeStream(stream));
    String agent = reports.isEmpty() ? "a" : reports.getFirst().header().agent();
    return AcknowledgementCodec.sign(
        stored.acknowledgement(DEPLOYMENT, agent, storeEpoch, InstantSource.system().instant()),
        signing);
  }

  /** All stored lines; one that is stored twice is in the list twice. */
  synchronized List<Line> lines() {
    return streams.values().stream().flatMap(stored -> stored.lines().stream()).toList();
  }

  synchronized List<Report> reports() {
    return List.copyOf(reports);
  }

  /** All reports that arrived, however often. */
  synchronized List<String> arrivals() {
    return List.copyOf(received);
  }

  synchronized int queued() {
    return queue.size();
  }

  synchronized boolean forked() {
    return streams.values().stream().anyMatch(FakeStream::forked);
  }

  AcknowledgementSource asks() {
    return (stream, atMost) ->
        serverUp
            ? new Sent.Acknowledged(portal ? "<html>please log in</html>" : acknowledgement(stream))
            : new Sent.Failed(true, "the server is away", null);
  }

  private final class Queue implements Transport {
    @Override
    public String name() {
      return "sqs";
    }

    @Override
    public int mostBytes() {
      return 256 * 1024;
    }

    @Override
    public int mostAtOnce() {
      return 10;
    }

    @Override
    public List<Sent> send(List<byte[]> sealed) {
      if (!queueUp) {
        return sealed.stream()
            .<Sent>map(one -> new Sent.Failed(true, "the queue is away", null))
            .toList();
      }
      synchronized (FakeServer.this) {
        queue.addAll(sealed);
      }
      if (delivering) {
        deliver();
      }
      return sealed.stream().<Sent>map(one -> new Sent.Accepted()).toList();
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  private final class Https implements Transport {
    @Override
    public String name() {
      return "https";
    }

    @Override
    public int mostBytes() {
      return 256 * 1024;
    }

    @Override
    public int mostAtOnce() {
      return 1;
    }

    @Override
    public List<Sent> send(List<byte[]> sealed) {
      if (!serverUp) {
        return List.of(new Sent.Failed(true, "the server is away", null));
      }
      if (portal) {
        return List.of(new Sent.Acknowledged("<html>please log in</html>"));
      }
      synchronized (FakeServer.this) {
        try {
          return List.of(new Sent.Acknowledged(acknowledgement(take(sealed.getFirst()))));
        } catch (RejectedException e) {
          return List.of(new Sent.Failed(true, "the server answered 401", null));
        }
      }
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
