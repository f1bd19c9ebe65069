package webmon.agent.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import webmon.agent.resultlog.LogFolder;
import webmon.agent.resultlog.LogFolder.LogFile;
import webmon.report.ReportHeader;
import webmon.report.SignedReport;
import webmon.result.Origin;

/**
 * Keeps log and outbox together below {@code max_disk}. What costs nothing goes first: reports and
 * files of the log that are acknowledged; then files of the log whose lines are all in the outbox,
 * since a report is a tenth of its lines and the server loses nothing by it; then the oldest
 * reports, which are declared lost. Never the file that is appended to.
 */
final class DiskBound {
  private static final Logger LOG = LoggerFactory.getLogger(DiskBound.class);

  private static final Duration PURGE_EVERY = Duration.ofMinutes(5);

  private final Path log;
  private final long maxBytes;
  private final Outbox outbox;
  private final @Nullable Sealer sealer;
  private final Ledger ledger;
  private final Supplier<Origin> current;
  private final Set<String> unfinished;
  private Instant nextPurge = Instant.EPOCH;

  /**
   * For one agent.
   *
   * @param sealer signs what is declared lost; null: nothing is reported, so nothing is declared
   * @param unfinished former streams of which something may not be sealed yet
   */
  DiskBound(
      Path log,
      long maxBytes,
      Outbox outbox,
      @Nullable Sealer sealer,
      Ledger ledger,
      Supplier<Origin> current,
      Set<String> unfinished) {
    this.log = log;
    this.maxBytes = maxBytes;
    this.outbox = outbox;
    this.sealer = sealer;
    this.ledger = ledger;
    this.current = current;
    this.unfinished = unfinished;
  }

  /** Log, outbox and what is kept behind it. */
  long usedBytes() throws IOException {
    long bytes = outbox.bytes() + outbox.kept().bytes();
    for (LogFile file : files()) {
      bytes += file.bytes();
    }
    return bytes;
  }

  /** Deletes what has to go. */
  void keep(Instant now) throws IOException {
    long excess = usedBytes() - maxBytes;
    if (excess > 0 || !now.isBefore(nextPurge)) {
      excess -= outbox.kept().purge(now, excess);
      nextPurge = now.plus(PURGE_EVERY);
    }
    List<LogFile> files = new ArrayList<>();
    for (LogFile file : files()) {
      if (!isAppendedTo(file)) {
        files.add(file);
      }
    }
    files.sort(Comparator.comparing(LogFile::modified).thenComparingLong(LogFile::first));
    for (LogFile file : files) {
      boolean old = file.modified().isBefore(now.minus(KeptReports.KEPT));
      if (sealer != null && (excess > 0 || old) && isEnded(file)) {
        excess -= delete(file);
      }
    }
    for (LogFile file : files) {
      if (excess > 0 && (sealer == null || isSealed(file))) {
        excess -= delete(file);
      }
    }
    if (excess > 0 && sealer != null) {
      // A little more than is needed, so that not every report drops another.
      drop(sealer, excess + maxBytes / 20);
    }
  }

  private List<LogFile> files() throws IOException {
    List<LogFile> files = new ArrayList<>();
    for (String stream : LogFolder.streams(log)) {
      files.addAll(LogFolder.files(log, stream));
    }
    return files;
  }

  private boolean isAppendedTo(LogFile file) {
    return file.newest() && file.stream().equals(current.get().stream());
  }

  private boolean isSealed(LogFile file) {
    return file.newest()
        ? !unfinished.contains(file.stream())
        : file.before() - 1 <= outbox.tail(file.stream()).sequence();
  }

  private boolean isEnded(LogFile file) {
    return isSealed(file) && outbox.lowest(file.stream()) >= file.before();
  }

  private long delete(LogFile file) throws IOException {
    try {
      Files.delete(file.path());
    } catch (NoSuchFileException already) {
      return 0;
    }
    if (file.newest()) {
      Files.deleteIfExists(log.resolve(file.stream()));
    }
    LOG.debug("Deleted {} of the result log", file.path());
    return file.bytes();
  }

  /** Drops the oldest reports, and puts word of it in their place. */
  private void drop(Sealer gaps, long toFree) throws IOException {
    List<Outstanding> run = oldestRun(outbox.outstanding(), toFree);
    if (run.isEmpty()) {
      return;
    }
    List<ReportName> names = run.stream().map(Outstanding::name).toList();
    ReportName last = names.getLast();
    ReportName gap = new ReportName(last.stream(), names.getFirst().first(), last.last());
    boolean dropped = outbox.whileOutstanding(names, () -> replace(gaps, names, gap));
    if (dropped) {
      ledger.lost(gap.lines());
      LOG.warn(
          "max_disk is passed: sequences {} to {} of stream {} were dropped unacknowledged, and the"
              + " server is told",
          gap.first(),
          gap.last(),
          gap.stream());
    }
  }

  private void replace(Sealer gaps, List<ReportName> names, ReportName gap) throws IOException {
    Optional<ReportHeader> first = Gaps.header(outbox.read(names.getFirst()));
    Origin origin = current.get();
    gaps.gap(
        gap,
        new Origin(
            first.map(ReportHeader::agent).orElse(origin.agent()),
            gap.stream(),
            first.map(ReportHeader::region).orElse(origin.region())),
        first.map(ReportHeader::continues).orElse(null),
        first.map(ReportHeader::previous).orElse(null),
        SignedReport.hash(outbox.read(names.getLast())));
    outbox.delete(names.stream().filter(name -> !name.equals(gap)).toList());
  }

  /** Consecutive reports of one stream, from the oldest that has lines. */
  static List<Outstanding> oldestRun(List<Outstanding> byAge, long toFree) {
    List<Outstanding> run = new ArrayList<>();
    long bytes = 0;
    for (Outstanding report : byAge) {
      if (run.isEmpty() && report.gap()) {
        continue;
      }
      if (!run.isEmpty() && (report.gap() || !follows(run.getLast().name(), report.name()))) {
        break;
      }
      run.add(report);
      bytes += report.bytes();
      if (bytes >= toFree) {
        break;
      }
    }
    return run;
  }

  private static boolean follows(ReportName former, ReportName next) {
    return former.stream().equals(next.stream()) && former.last() + 1 == next.first();
  }
}
