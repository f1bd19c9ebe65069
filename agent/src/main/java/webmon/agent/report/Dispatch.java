package webmon.agent.report;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import webmon.agent.report.AgentStatus.Counts;
import webmon.agent.report.AgentStatus.Mode;
import webmon.agent.resultlog.Draft;
import webmon.agent.resultlog.Intake;
import webmon.agent.resultlog.Logged;
import webmon.agent.resultlog.ResultLog;
import webmon.agent.resultlog.Trouble;
import webmon.result.Origin;

/**
 * The way of a line from the result log to the server's acknowledgement, or to the result log alone
 * where nothing is reported. It opens the log in the right stream; whoever appends to that log
 * tells it of each line. Threads: {@code webmon-reporter} and {@code webmon-courier}.
 */
public final class Dispatch {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

  /** How long a start waits for the server's word on the stream that is to be gone on with. */
  private static final Duration ASK_AT_START = Duration.ofSeconds(2);

  private static final Duration SEAL_AT_END = Duration.ofMillis(500);
  private static final Duration SEND_AT_END = Duration.ofMillis(800);
  private static final long FEWEST_SEGMENT_BYTES = 64 * 1024;

  private final Path directory;
  private final AgentIdentity identity;
  private final Clocks clocks;
  private final Mode mode;
  private final Outbox outbox;
  private final Ledger ledger;
  private final ResultLog log;
  private final DiskBound bound;
  private final @Nullable Reporting reporting;
  private final Trouble bounding = new Trouble(LOG, "max_disk cannot be kept");

  private Dispatch(
      Path directory,
      AgentIdentity identity,
      Clocks clocks,
      Mode mode,
      Outbox outbox,
      Ledger ledger,
      ResultLog log,
      DiskBound bound,
      @Nullable Reporting reporting) {
    this.directory = directory;
    this.identity = identity;
    this.clocks = clocks;
    this.mode = mode;
    this.outbox = outbox;
    this.ledger = ledger;
    this.log = log;
    this.bound = bound;
    this.reporting = reporting;
  }

  /**
   * Looks at what a former process left, and decides in which stream to go on. Where there is a
   * server it is asked, for 2 s at most: a {@code data_dir} restored from an older copy usually
   * shows by what the server has.
   *
   * @param directory held by the caller, longer than this
   * @param reports null: log only
   * @throws IllegalArgumentException with a sentence for people if the server's keys cannot be read
   */
  public static Dispatch open(
      DataDirectory directory,
      AgentIdentity identity,
      String region,
      long maxDiskBytes,
      @Nullable Reports reports,
      Clocks clocks)
      throws IOException {
    Path path = directory.path();
    Path logs = DataDirectory.log(path);
    Outbox outbox = Outbox.open(DataDirectory.outbox(path), DataDirectory.acknowledged(path));
    Ledger ledger = new Ledger();
    Origin wanted = new Origin(identity.id(), "", region);
    Streams streams = Streams.open(path, outbox, wanted, clocks.random());
    Reporting reporting =
        reports == null
            ? null
            : new Reporting(path, identity, reports, outbox, streams, ledger, clocks);
    CurrentStream former = streams.former();
    String formerStream = former == null ? "" : former.origin().stream();
    boolean contested =
        reporting != null && former != null && reporting.isContested(formerStream, ASK_AT_START);
    String deployment = reports == null ? null : reports.settings().deployment();
    streams.settle(wanted, deployment, contested, outbox.tail(formerStream).sequence());

    Origin origin = streams.current().origin();
    long sealed = outbox.tail(origin.stream()).sequence();
    long segmentBytes = Math.clamp(maxDiskBytes / 8, FEWEST_SEGMENT_BYTES, ResultLog.SEGMENT_BYTES);
    ResultLog log = ResultLog.open(logs, origin, streams.lines(), sealed, segmentBytes);
    DiskBound bound =
        new DiskBound(
            logs,
            maxDiskBytes,
            outbox,
            reporting == null ? null : reporting.sealer(),
            ledger,
            log::origin,
            reporting == null ? Set.of() : reporting.unfinished());
    return new Dispatch(
        path, identity, clocks, mode(reports), outbox, ledger, log, bound, reporting);
  }

  private static Mode mode(@Nullable Reports reports) {
    if (reports == null) {
      return Mode.LOG_ONLY;
    }
    return reports.routes().server() == null ? Mode.QUEUE_ACKNOWLEDGED : Mode.ACKNOWLEDGED;
  }

  /** The log, to be appended to through an {@link Intake} that tells {@link #logged}. */
  public ResultLog log() {
    return log;
  }

  /**
   * Begins to seal and to send.
   *
   * @param intake the one that appends
   * @param hello the first lines of a stream, if a new one has to be begun
   */
  public void start(Intake intake, Supplier<List<Draft>> hello) throws IOException {
    if (reporting != null) {
      reporting.start(log, (origin, turn) -> intake.begin(origin, turn, hello.get()));
    }
  }

  /** A line is in the log. In the order of the lines; quick. */
  public void logged(Logged line) {
    if (reporting != null) {
      reporting.logged(line);
    }
  }

  /** What has to be done every few seconds: bounds, reports to be sent again, word of ourselves. */
  public void upkeep(Intake intake) {
    upkeep(intake, true);
  }

  private void upkeep(Intake intake, boolean running) {
    try {
      intake.retry();
      if (reporting == null) {
        log.force();
      }
      ledger.carried(outbox.rescan());
      bound.keep(clocks.wall().instant());
      StatusFile.write(
          DataDirectory.status(directory), status(intake), clocks.wall().instant(), running);
      bounding.over();
    } catch (IOException e) {
      bounding.occurred(String.valueOf(e.getMessage()), e);
    }
  }

  /** As of now; by any thread. */
  public AgentStatus status(Intake intake) throws IOException {
    Origin origin = log.origin();
    Watermark watermark = outbox.watermark(origin.stream());
    Intake.Counted counted = intake.counted();
    long sealed = outbox.tail(origin.stream()).sequence();
    long tail = log.tail();
    long unsealed = reporting == null ? 0 : Math.max(0, tail - sealed);
    Instant oldest = outbox.oldest().map(Outstanding::sealedAt).orElse(null);
    return new AgentStatus(
        identity.id(),
        mode,
        origin.stream(),
        tail,
        sealed,
        watermark.contiguous(),
        lastAcknowledged(),
        outbox.size(),
        oldest,
        reporting == null ? null : reporting.word().clockOffset(),
        bound.usedBytes(),
        new Counts(
            counted.taken(),
            counted.waiting(),
            counted.dropped(),
            ledger.carried(),
            counted.logged(),
            ledger.acknowledged(),
            outbox.lines() + unsealed,
            ledger.refused(),
            ledger.lost()));
  }

  private @Nullable Instant lastAcknowledged() {
    Instant last = null;
    for (String stream : outbox.streams()) {
      Instant at = outbox.watermark(stream).at();
      if (at != null && (last == null || at.isAfter(last))) {
        last = at;
      }
    }
    return last;
  }

  /**
   * Seals what is logged and sends what can be sent, within 2 s; the rest is sent after the next
   * start. The intake is closed before.
   */
  public void close(Intake intake) throws IOException {
    if (reporting != null) {
      reporting.close(SEAL_AT_END, SEND_AT_END);
    }
    upkeep(intake, false);
    // Whatever is still under way must not touch a folder that somebody else may hold now.
    outbox.close();
    log.close();
  }
}
