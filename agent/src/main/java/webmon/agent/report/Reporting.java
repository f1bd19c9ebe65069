package webmon.agent.report;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import webmon.agent.resultlog.LogFolder;
import webmon.agent.resultlog.Logged;
import webmon.agent.resultlog.ResultLog;
import webmon.agent.resultlog.StreamLog;
import webmon.agent.transport.AcknowledgementSource;
import webmon.agent.transport.Sent;
import webmon.configuration.ReportSettings;
import webmon.result.Origin;

/** Reporter and courier of one agent, and what they share. */
final class Reporting implements Reporter.Work {
  private static final Logger LOG = LoggerFactory.getLogger(Reporting.class);

  private final Path directory;
  private final Clocks clocks;
  private final Outbox outbox;
  private final Streams streams;
  private final Ledger ledger;
  private final Routes routes;
  private final ServerWord word;
  private final Sealer sealer;
  private final Settling settling;
  private final Courier courier;
  private final CourierThread courierThread;
  private final Reporter reporter;

  /**
   * Former streams of which something may not be sealed yet, and how those of this process began.
   */
  private final Map<String, Beginning> unfinished = new ConcurrentHashMap<>();

  private @Nullable Thread running;
  private volatile @Nullable ResultLog log;
  private volatile @Nullable Renewal renewal;

  /** How a stream of this process began; a former process's beginning is not known any more. */
  private record Beginning(@Nullable CurrentStream stream) {}

  /** Goes on in another stream on behalf of whoever appends. */
  @FunctionalInterface
  interface Renewal {
    void begin(Origin origin, ResultLog.Turn turn) throws IOException;
  }

  Reporting(
      Path directory,
      AgentIdentity identity,
      Reports reports,
      Outbox outbox,
      Streams streams,
      Ledger ledger,
      Clocks clocks) {
    ReportSettings settings = reports.settings();
    this.directory = directory;
    this.clocks = clocks;
    this.outbox = outbox;
    this.streams = streams;
    this.ledger = ledger;
    this.routes = reports.routes();
    ServerKeys keys = ServerKeys.of(settings.serverKeys(), routes.server() != null);
    this.word = new ServerWord(settings.deployment(), identity.id(), keys, clocks.wall());
    String boot = Streams.hex128(clocks.random());
    this.sealer =
        new Sealer(
            identity.key(), settings.deployment(), boot, outbox, ledger, word, clocks.wall());
    this.courierThread = new CourierThread(clocks.nanos(), clocks.random());
    Parcels parcels = new Parcels(settings.resendAfter(), courierThread::wake);
    this.settling =
        new Settling(outbox, parcels, ledger, this::tail, this::contested, clocks.wall());
    this.courier =
        new Courier(
            outbox, parcels, settling, keys, word, ledger, routes, clocks.nanos(), clocks.random());
    this.reporter = new Reporter(this, settings.flushInterval(), clocks.nanos(), clocks.random());
    outbox.listen(parcels);
  }

  /**
   * Whether the former stream is not to be gone on with because the server has lines in it that are
   * not ours. Asks the server, but does not wait long for it.
   */
  boolean isContested(String stream, Duration atMost) {
    AcknowledgementSource server = routes.server();
    if (server == null) {
      return false;
    }
    long askedAt = clocks.nanos().getAsLong();
    // On a thread of its own, since a look-up of the server's name may hang, whatever is set.
    FutureTask<Sent> asking = new FutureTask<>(() -> server.ask(stream, atMost));
    Thread.ofVirtual().name("webmon-ask").start(asking);
    try {
      if (asking.get(atMost.toNanos(), TimeUnit.NANOSECONDS) instanceof Sent.Acknowledged answer
          && word.hear(answer.jws(), stream) instanceof ServerWord.Heard.Verified verified) {
        settling.heard(verified.acknowledgement(), askedAt, null);
      }
    } catch (TimeoutException e) {
      LOG.debug("The server did not answer at the start");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | IOException e) {
      LOG.warn("What the server says of stream {} cannot be heard", stream, e);
    }
    return outbox.watermark(stream).contested();
  }

  /** Begins. */
  void start(ResultLog opened, Renewal renewing) throws IOException {
    log = opened;
    renewal = renewing;
    for (String stream : LogFolder.streams(DataDirectory.log(directory))) {
      if (!stream.equals(opened.origin().stream())) {
        unfinished.put(stream, new Beginning(null));
      }
    }
    long sealed = outbox.tail(opened.origin().stream()).sequence();
    ledger.startedWith(outbox.lines() + opened.tail() - sealed);
    reporter.start();
    running = courierThread.start(courier);
  }

  void logged(Logged line) {
    reporter.logged(line);
  }

  private long tail(String stream) {
    ResultLog opened = log;
    if (opened != null && opened.origin().stream().equals(stream)) {
      return opened.tail();
    }
    long sealed = outbox.tail(stream).sequence();
    CurrentStream current = streams.current();
    if (current.origin().stream().equals(stream)) {
      return Math.max(sealed, streams.lines().tail());
    }
    return stream.equals(current.former()) ? Math.max(sealed, current.formerTail()) : sealed;
  }

  private void contested(String stream) {
    ResultLog opened = log;
    if (opened != null && opened.origin().stream().equals(stream)) {
      reporter.renew();
    }
  }

  @Override
  public Sealer.Measured seal() throws IOException {
    ResultLog opened = log;
    if (opened == null) {
      throw new IllegalStateException("not started");
    }
    opened.force();
    for (Map.Entry<String, Beginning> former : unfinished.entrySet()) {
      finish(former.getKey(), former.getValue().stream(), opened.origin());
      unfinished.remove(former.getKey());
    }
    return sealer.seal(opened.origin(), streams.current(), opened::read, opened.tail());
  }

  private void finish(String stream, @Nullable CurrentStream beginning, Origin current)
      throws IOException {
    long sealed = outbox.tail(stream).sequence();
    StreamLog lines = StreamLog.open(DataDirectory.log(directory), stream, sealed + 1);
    CurrentStream now = streams.current();
    long known = stream.equals(now.former()) ? now.formerTail() : 0;
    long tail = Math.max(lines.tail(), known);
    if (tail <= sealed) {
      return;
    }
    if (beginning == null) {
      ledger.carried(tail - sealed);
    }
    LOG.info("Sealing sequences {} to {} of former stream {}", sealed + 1, tail, stream);
    sealer.seal(
        new Origin(current.agent(), stream, current.region()), beginning, lines::read, tail);
  }

  @Override
  public void renew() throws IOException {
    ResultLog opened = log;
    Renewal renewing = renewal;
    CurrentStream former = streams.current();
    if (opened == null
        || renewing == null
        || !outbox.watermark(former.origin().stream()).contested()) {
      return;
    }
    Origin next = streams.fresh();
    renewing.begin(
        next,
        tail -> {
          streams.follow(next, tail);
          unfinished.put(former.origin().stream(), new Beginning(former));
        });
    LOG.info("Stream {} is gone on with in {}", former.origin().stream(), next.stream());
  }

  Sealer sealer() {
    return sealer;
  }

  ServerWord word() {
    return word;
  }

  Set<String> unfinished() {
    return unfinished.keySet();
  }

  void close(Duration sealing, Duration sending) {
    reporter.close(sealing);
    Thread thread = running;
    if (thread != null) {
      courierThread.close(thread, sending);
    }
  }
}
