package webmon.agent.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import webmon.agent.resultlog.Durable;
import webmon.report.SignedReport;

/**
 * Signed reports on the disk that nobody has acknowledged, and behind them for a while those that
 * were. There is no other record of what was sealed and what was ended. Safe for several threads.
 */
final class Outbox {
  private final Path folder;
  private final KeptReports kept;
  private final OutboxIndex index = new OutboxIndex();
  private final Map<String, Tail> tails = new HashMap<>();
  private final Map<String, Watermark> watermarks;
  private boolean closed;

  private Outbox(Path folder, KeptReports kept) throws IOException {
    this.folder = folder;
    this.kept = kept;
    this.watermarks = kept.watermarks();
  }

  /**
   * Where sealing goes on.
   *
   * @param sequence the last that is in a report; 0: none
   * @param hash of that report's JWS
   */
  record Tail(long sequence, @Nullable String hash) {}

  /** Told of changes while the outbox is locked: it must be quick and must not call back. */
  interface Listener {
    default void added(Outstanding report) {}

    default void removed(Outstanding report) {}
  }

  /** Opens both folders, which are made if they are not there. Holds all names in memory. */
  static Outbox open(Path folder, Path acknowledged) throws IOException {
    Durable.prepare(folder);
    Outbox outbox = new Outbox(folder, KeptReports.open(acknowledged));
    outbox.rescan();
    // A gap was declared over these, and then the process ended before they were deleted.
    outbox.delete(outbox.index.dropped());
    for (Watermark watermark : outbox.watermarks.values()) {
      outbox.advance(watermark.stream(), watermark.sequence(), watermark.hash());
    }
    return outbox;
  }

  /**
   * Takes in what somebody else put there: reports that are to be sent again.
   *
   * @return lines in these
   */
  synchronized long rescan() throws IOException {
    long before = index.lines();
    Map<String, ReportName> newest = new HashMap<>();
    for (ReportName name : KeptReports.names(folder)) {
      if (!index.has(name)) {
        Path file = folder.resolve(name.file());
        try {
          index.add(describe(name, file));
        } catch (NoSuchFileException takenAway) {
          continue;
        }
        newest.merge(name.stream(), name, (a, b) -> a.last() > b.last() ? a : b);
      }
    }
    for (ReportName name : newest.values()) {
      if (name.last() > tail(name.stream()).sequence()) {
        advance(name.stream(), name.last(), hash(name));
      }
    }
    return index.lines() - before;
  }

  private static Outstanding describe(ReportName name, Path file) throws IOException {
    long size = Files.size(file);
    boolean gap = size < Gaps.MOST_BYTES && Gaps.isGap(Files.readString(file));
    return new Outstanding(
        name, KeptReports.onDisk(file), Files.getLastModifiedTime(file).toInstant(), gap);
  }

  private void advance(String stream, long sequence, @Nullable String hash) {
    if (sequence > tail(stream).sequence()) {
      tails.put(stream, new Tail(sequence, hash));
    }
  }

  /** From now on this one is told; first of all that is there already. */
  synchronized void listen(Listener other) {
    index.listen(other);
  }

  /** Keeps a report; when this returns it survives anything but the loss of the disk. */
  synchronized void put(ReportName name, String jws, boolean gap) throws IOException {
    ensureOpen();
    Path file = folder.resolve(name.file());
    byte[] ascii = jws.getBytes(StandardCharsets.US_ASCII);
    Durable.write(file, ascii);
    Instant sealedAt = Files.getLastModifiedTime(file).toInstant();
    index.add(new Outstanding(name, KeptReports.onDisk(file), sealedAt, gap));
    advance(name.stream(), name.last(), SignedReport.hash(jws));
  }

  /** The compact JWS. */
  String read(ReportName name) throws IOException {
    return Files.readString(folder.resolve(name.file()), StandardCharsets.US_ASCII);
  }

  private @Nullable String hash(ReportName name) throws IOException {
    try {
      return SignedReport.hash(read(name));
    } catch (NoSuchFileException deletedByHand) {
      return null;
    }
  }

  synchronized Tail tail(String stream) {
    return tails.getOrDefault(stream, new Tail(0, null));
  }

  synchronized Watermark watermark(String stream) {
    return watermarks.getOrDefault(stream, Watermark.none(stream));
  }

  /** Streams of which something was sealed. */
  synchronized Set<String> streams() {
    return new HashSet<>(tails.keySet());
  }

  /** Keeps what was heard of a stream. */
  synchronized void keep(Watermark watermark) throws IOException {
    ensureOpen();
    kept.keep(watermark);
    watermarks.put(watermark.stream(), watermark);
  }

  /**
   * These reports of one stream are done with.
   *
   * @param heard what is known of the stream now; its sequence and hash are moved on here
   */
  synchronized void end(Watermark heard, Collection<ReportName> ended, Instant now)
      throws IOException {
    ensureOpen();
    Watermark moved = heard.at(now);
    for (ReportName name : ended) {
      if (index.has(name) && name.last() > moved.sequence()) {
        moved = moved.ended(name.last(), hash(name), now);
      }
    }
    keep(moved);
    for (ReportName name : ended) {
      if (index.has(name)) {
        kept.take(folder.resolve(name.file()), name, now);
        index.remove(name);
      }
    }
  }

  /** Reports of a stream that were ended and are kept still are outstanding again. */
  synchronized List<Outstanding> takeBack(String stream, Predicate<ReportName> which)
      throws IOException {
    ensureOpen();
    List<Outstanding> back = new ArrayList<>();
    for (ReportName name : kept.of(stream)) {
      if (which.test(name) && !index.has(name)) {
        Path file = folder.resolve(name.file());
        kept.giveBack(name, file);
        Outstanding report = describe(name, file);
        index.add(report);
        back.add(report);
      }
    }
    return back;
  }

  /** Something that reads and writes files. */
  @FunctionalInterface
  interface Action {
    void run() throws IOException;
  }

  /**
   * Does something while none of these reports can end.
   *
   * @return false if one has ended already, and nothing was done
   */
  synchronized boolean whileOutstanding(Collection<ReportName> names, Action action)
      throws IOException {
    ensureOpen();
    if (!index.hasAll(names)) {
      return false;
    }
    action.run();
    return true;
  }

  /** Drops reports for good. What stands in their place is to be put before. */
  synchronized void delete(Collection<ReportName> names) throws IOException {
    ensureOpen();
    for (ReportName name : names) {
      if (index.remove(name)) {
        Files.deleteIfExists(folder.resolve(name.file()));
      }
    }
  }

  /** Oldest first; a copy. */
  synchronized List<Outstanding> outstanding() {
    return index.byAge();
  }

  synchronized Optional<Outstanding> oldest() {
    return index.oldest();
  }

  synchronized int size() {
    return index.size();
  }

  /** Lines in reports that are not ended. */
  synchronized long lines() {
    return index.lines();
  }

  /** The lowest sequence of a stream that is in the outbox; {@link Long#MAX_VALUE} if none is. */
  synchronized long lowest(String stream) {
    return index.lowest(stream);
  }

  /** Of outstanding reports, without those that are kept. */
  synchronized long bytes() {
    return index.bytes();
  }

  KeptReports kept() {
    return kept;
  }

  /** Nothing changes on the disk any more, whoever still tries. */
  synchronized void close() {
    closed = true;
  }

  private void ensureOpen() throws IOException {
    if (closed) {
      throw new IOException("the outbox is closed");
    }
  }
}
