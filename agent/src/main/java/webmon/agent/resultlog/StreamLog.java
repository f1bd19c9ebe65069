package webmon.agent.resultlog;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import webmon.report.Acknowledgement.Range;
import webmon.result.CheckResult;
import webmon.result.LogLine;

/**
 * What is left of one stream's log, for reading lines back. Files are looked into only as far as
 * somebody will want their lines. Not safe for several threads.
 */
public final class StreamLog {
  private final String stream;
  private final TreeMap<Long, Segment> segments = new TreeMap<>();
  private final Map<String, Instant> lastAt = new HashMap<>();
  private Instant latest = Instant.EPOCH;

  private StreamLog(String stream) {
    this.stream = stream;
  }

  /** Of a stream that begins. */
  public static StreamLog empty(String stream) {
    return new StreamLog(stream);
  }

  /**
   * Looks at a stream's files.
   *
   * @param log the folder of all streams
   * @param from the first sequence that may be read; the newest file is always looked into
   */
  public static StreamLog open(Path log, String stream, long from) throws IOException {
    StreamLog lines = new StreamLog(stream);
    for (LogFolder.LogFile file : LogFolder.files(log, stream)) {
      if (file.before() > from) {
        lines.add(Segment.survey(file.path(), file.first(), stream, lines::remember));
      }
    }
    return lines;
  }

  private void remember(LogLine line) {
    if (line instanceof CheckResult result) {
      lastAt.put(result.monitor().id(), result.at());
    }
    if (line.at().isAfter(latest)) {
      latest = line.at();
    }
  }

  /** The last time of each monitor in the files that were looked into. */
  Map<String, Instant> lastAt() {
    return lastAt;
  }

  /** The latest time in the files that were looked into. */
  Instant latest() {
    return latest;
  }

  public String stream() {
    return stream;
  }

  /** The last sequence that was given as far as these files know; 0 if there is none. */
  public long tail() {
    return segments.isEmpty() ? 0 : segments.lastEntry().getValue().next() - 1;
  }

  /** What is wrong with these files, as a sentence; null if nothing is. */
  public @Nullable String damage() {
    for (Segment segment : segments.values()) {
      if (segment.damage() != null) {
        return segment.damage();
      }
    }
    return null;
  }

  /**
   * Reads lines.
   *
   * @param from up to {@link #tail} or any later sequence
   * @param to the last that is wanted
   * @return at least one line from {@code from} on, or the sequences from there on that are lost
   */
  public Chunk read(long from, long to, int mostLines, int mostBytes) throws IOException {
    Where where = where(from);
    if (where.segment() == null) {
      return lost(from, to, where.next());
    }
    try {
      return chunk(
          from,
          where
              .segment()
              .read(where.mark(), from, Math.min(to, where.last()), mostLines, mostBytes));
    } catch (NoSuchFileException deleted) {
      forget(where.segment());
      return read(from, to, mostLines, mostBytes);
    }
  }

  static Chunk chunk(long from, List<byte[]> lines) {
    return new Chunk(from, from + lines.size() - 1, lines);
  }

  static Chunk lost(long from, long to, long next) {
    return new Chunk(from, Math.min(to, next - 1), List.of());
  }

  /**
   * Where a sequence is.
   *
   * @param segment null: it is lost
   * @param mark where to begin reading
   * @param last of the run of lines that it is in
   * @param next if it is lost: the next one that is not
   */
  record Where(@Nullable Segment segment, Map.Entry<Long, Long> mark, long last, long next) {}

  Where where(long from) {
    Map.Entry<Long, Segment> entry = segments.floorEntry(from);
    if (entry == null) {
      entry = segments.ceilingEntry(from);
    }
    while (entry != null) {
      Range run = entry.getValue().run(from);
      if (run != null) {
        return run.first() <= from
            ? new Where(entry.getValue(), entry.getValue().place(from), run.last(), from)
            : new Where(null, Map.entry(0L, 0L), 0, run.first());
      }
      entry = segments.higherEntry(entry.getKey());
    }
    return new Where(null, Map.entry(0L, 0L), 0, Long.MAX_VALUE);
  }

  @Nullable Segment newest() {
    return segments.isEmpty() ? null : segments.lastEntry().getValue();
  }

  void add(Segment segment) {
    segments.put(segment.first(), segment);
  }

  void forget(Segment segment) {
    segments.remove(segment.first());
  }
}
