package webmon.agent.report;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import webmon.agent.resultlog.Durable;

/**
 * The folder {@code acknowledged}: how far each stream is done with, and the ended reports, kept
 * for when the server has lost them after all. They can be sent again only as they were: sealed
 * anew, the same lines would be a different report, which a server that has the first one takes for
 * a fork.
 */
final class KeptReports {
  /** How long an ended report is kept if there is room. */
  static final Duration KEPT = Duration.ofHours(48);

  private static final long BLOCK_BYTES = 4096;

  private final Path folder;
  private final AtomicLong bytes = new AtomicLong();

  private KeptReports(Path folder) {
    this.folder = folder;
  }

  static KeptReports open(Path folder) throws IOException {
    Durable.prepare(folder);
    KeptReports kept = new KeptReports(folder);
    for (ReportName name : names(folder)) {
      kept.bytes.addAndGet(onDisk(folder.resolve(name.file())));
    }
    return kept;
  }

  /** The reports whose files are in a folder, oldest sequences first. */
  static List<ReportName> names(Path folder) throws IOException {
    List<ReportName> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jws")) {
      for (Path file : files) {
        ReportName.ofFile(String.valueOf(file.getFileName())).ifPresent(names::add);
      }
    }
    names.sort(Comparator.comparing(ReportName::stream).thenComparingLong(ReportName::first));
    return names;
  }

  /** By stream. */
  Map<String, Watermark> watermarks() throws IOException {
    return watermarks(folder);
  }

  static Map<String, Watermark> watermarks(Path folder) throws IOException {
    Map<String, Watermark> watermarks = new HashMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
      for (Path file : files) {
        String stream = String.valueOf(file.getFileName()).replace(".json", "");
        watermarks.put(stream, Watermark.ofJson(stream, Files.readAllBytes(file)));
      }
    }
    return watermarks;
  }

  void keep(Watermark watermark) throws IOException {
    Durable.write(folder.resolve(watermark.stream() + ".json"), watermark.toJson());
  }

  /** What a file takes up: small ones take a block. */
  static long onDisk(Path file) throws IOException {
    return (Files.size(file) + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
  }

  /** Takes a report's file over. If the power fails now, it is sent once more. */
  void take(Path file, ReportName name, Instant now) throws IOException {
    long size;
    try {
      size = onDisk(file);
      // From now on it is kept for a while.
      Files.setLastModifiedTime(file, FileTime.from(now));
      Files.move(file, folder.resolve(name.file()), StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException deletedByHand) {
      return;
    }
    bytes.addAndGet(size);
  }

  /** Gives a report's file back. */
  void giveBack(ReportName name, Path file) throws IOException {
    Path from = folder.resolve(name.file());
    long size = onDisk(from);
    Durable.move(from, file);
    bytes.addAndGet(-size);
  }

  /** Those of one stream. */
  List<ReportName> of(String stream) throws IOException {
    return names(folder).stream().filter(name -> name.stream().equals(stream)).toList();
  }

  long bytes() {
    return bytes.get();
  }

  /**
   * Deletes what is older than it is kept, and then the oldest until so many bytes are free.
   *
   * @return bytes that were freed
   */
  long purge(Instant now, long toFree) throws IOException {
    record Kept(Path file, Instant at, long size) {}
    List<Kept> all = new ArrayList<>();
    for (ReportName name : names(folder)) {
      Path file = folder.resolve(name.file());
      try {
        all.add(new Kept(file, Files.getLastModifiedTime(file).toInstant(), onDisk(file)));
      } catch (NoSuchFileException takenBackMeanwhile) {
        continue;
      }
    }
    all.sort(Comparator.comparing(Kept::at));
    long freed = 0;
    for (Kept one : all) {
      if (freed >= toFree && one.at().isAfter(now.minus(KEPT))) {
        break;
      }
      if (Files.deleteIfExists(one.file())) {
        freed += one.size();
        bytes.addAndGet(-one.size());
      }
    }
    return freed;
  }
}
