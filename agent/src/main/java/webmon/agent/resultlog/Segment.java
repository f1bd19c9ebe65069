package webmon.agent.resultlog;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import webmon.report.Acknowledgement.Range;
import webmon.result.LineCodec;
import webmon.result.LogLine;
import webmon.result.MalformedLineException;

/** Where the lines of one file of the log are. Not safe for several threads. */
final class Segment {
  private static final int LINES_PER_MARK = 64;

  private final Path path;
  private final long first;

  /** Offsets of the first line of each run of good lines, and of some lines of it. */
  private final TreeMap<Long, Long> marks = new TreeMap<>();

  private final TreeMap<Long, Long> runs = new TreeMap<>();
  private long next;
  private long bytes;
  private @Nullable String damage;

  Segment(Path path, long first) {
    this.path = path;
    this.first = first;
    this.next = first;
  }

  /**
   * Reads a whole file. What does not belong there is damage, but for a last line without its end:
   * that one was never finished.
   *
   * @param lines told of each good line
   */
  static Segment survey(Path path, long first, String stream, Consumer<LogLine> lines) {
    Segment segment = new Segment(path, first);
    try (LineInput in = new LineInput(path, 0)) {
      for (byte[] bytes = in.next(); bytes != null; bytes = in.next()) {
        LogLine line = segment.read(bytes, stream);
        if (line == null) {
          segment.bytes = in.position();
          continue;
        }
        if (line.sequence() != segment.expected()) {
          segment.damaged("sequence " + line.sequence() + " follows " + (segment.expected() - 1));
        }
        segment.next = line.sequence();
        segment.add(bytes.length);
        lines.accept(line);
      }
    } catch (IOException e) {
      segment.damaged("cannot be read: " + e);
    }
    return segment;
  }

  private @Nullable LogLine read(byte[] bytes, String stream) {
    try {
      LogLine line = LineCodec.decode(bytes);
      if (line.sequence() >= next && line.origin().stream().equals(stream)) {
        return line;
      }
      damaged("a line does not belong behind sequence " + (next - 1));
    } catch (MalformedLineException e) {
      damaged("behind sequence " + (next - 1) + " is " + e.getMessage());
    }
    // It stood for some sequence, of which nothing is left.
    next++;
    return null;
  }

  private long expected() {
    return next;
  }

  private void damaged(String what) {
    if (damage == null) {
      damage = path.getFileName() + ": " + what;
    }
  }

  /** A line of so many bytes was written at the end; a line feed comes with it. */
  void add(int lineBytes) {
    Map.Entry<Long, Long> run = runs.lastEntry();
    if (run == null || run.getValue() != next - 1) {
      runs.put(next, next);
      marks.put(next, bytes);
    } else {
      runs.put(run.getKey(), next);
      if ((next - run.getKey()) % LINES_PER_MARK == 0) {
        marks.put(next, bytes);
      }
    }
    next++;
    bytes += lineBytes + 1L;
  }

  /** Where reading begins that wants to come to that sequence. */
  Map.Entry<Long, Long> place(long from) {
    Map.Entry<Long, Long> mark = marks.floorEntry(from);
    if (mark == null) {
      throw new IllegalArgumentException(from + " is not in " + path);
    }
    return Map.entry(mark.getKey(), mark.getValue());
  }

  /**
   * Lines from a sequence on, as many as are within the bounds, at least one. Touches nothing that
   * changes: needs no lock.
   *
   * @param place of {@code from}
   * @param to within the same run
   */
  List<byte[]> read(Map.Entry<Long, Long> place, long from, long to, int mostLines, int mostBytes)
      throws IOException {
    List<byte[]> lines = new ArrayList<>();
    try (LineInput in = new LineInput(path, place.getValue())) {
      long total = 0;
      for (long sequence = place.getKey(); sequence <= to && lines.size() < mostLines; sequence++) {
        byte[] line = in.next();
        if (line == null) {
          throw new IOException(path + " ends before sequence " + sequence);
        }
        if (sequence >= from) {
          total += line.length + 1L;
          if (total > mostBytes && !lines.isEmpty()) {
            break;
          }
          lines.add(line);
        }
      }
    }
    return lines;
  }

  /** The good lines around or behind a sequence; null if there are none. */
  @Nullable Range run(long from) {
    Map.Entry<Long, Long> run = runs.floorEntry(from);
    if (run == null || run.getValue() < from) {
      run = runs.higherEntry(from);
    }
    return run == null ? null : new Range(run.getKey(), run.getValue());
  }

  Path path() {
    return path;
  }

  long first() {
    return first;
  }

  /** The sequence that the next line would have. */
  long next() {
    return next;
  }

  /** Of all complete lines. */
  long bytes() {
    return bytes;
  }

  @Nullable String damage() {
    return damage;
  }
}
