package webmon.agent.resultlog;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import webmon.monitor.MonitorDefinition;
import webmon.result.LineCodec;
import webmon.result.LogLine;
import webmon.result.Origin;

/**
 * The log that an agent appends to. A line has its number from the moment it is appended and never
 * before; within a stream the numbers have no gaps, and the times of one monitor grow. Safe for
 * several threads; an interrupted thread can append like any other.
 */
public final class ResultLog implements AutoCloseable {
  /** A file is not made longer than this. */
  public static final long SEGMENT_BYTES = 16L * 1024 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(ResultLog.class);
  private static final Duration STEP = Duration.ofNanos(1_000);

  private final Path log;
  private final long segmentBytes;
  private final Object forcing = new Object();
  private final List<RandomAccessFile> finished = new ArrayList<>();
  private final Map<String, Instant> lastAt = new HashMap<>();
  private Instant floor = Instant.EPOCH;
  private Origin origin;
  private StreamLog lines;
  private long next;
  private @Nullable RandomAccessFile file;

  private ResultLog(Path log, Origin origin, StreamLog lines, long next, long segmentBytes) {
    this.log = log;
    this.origin = origin;
    this.lines = lines;
    this.next = next;
    this.segmentBytes = segmentBytes;
    lastAt.putAll(lines.lastAt());
    floor = lines.latest();
  }

  /**
   * Opens a stream's log to go on with it, or to begin it. The beginning of a line that was never
   * finished is cut off.
   *
   * @param log the folder of all streams
   * @param lines what is left of this one; not damaged, and not used by anybody else afterwards
   * @param sealed up to where the stream is in reports already: numbering never falls behind it
   */
  public static ResultLog open(
      Path log, Origin origin, StreamLog lines, long sealed, long segmentBytes) throws IOException {
    Durable.prepare(log);
    long next = Math.max(lines.tail(), sealed) + 1;
    ResultLog opened = new ResultLog(log, origin, lines, next, segmentBytes);
    opened.cutUnfinished();
    return opened;
  }

  private void cutUnfinished() throws IOException {
    Segment newest = lines.newest();
    if (newest == null || newest.next() != next) {
      return;
    }
    RandomAccessFile opened = new RandomAccessFile(newest.path().toFile(), "rw");
    long torn = opened.length() - newest.bytes();
    if (torn > 0) {
      LOG.info("Cut {} bytes of an unfinished line off {}", torn, newest.path());
      opened.setLength(newest.bytes());
    }
    file = opened;
  }

  /**
   * Appends a line. Where this fails nothing has happened, no number was given, and it may be tried
   * again.
   *
   * @throws IllegalArgumentException if it does not fit on a line
   */
  public synchronized Logged append(Draft draft) throws IOException {
    MonitorDefinition definition = draft.definition();
    Instant former = definition == null ? null : lastAt.getOrDefault(definition.id(), floor);
    boolean stepped = former != null && !draft.at().isAfter(former);
    Instant at = stepped && former != null ? former.plus(STEP) : draft.at();
    LogLine line = draft.numbered(origin, next, at, stepped);
    byte[] bytes = LineCodec.encode(line);
    Segment segment = segmentFor(bytes.length + 1L);
    write(segment, bytes);
    segment.add(bytes.length);
    next++;
    if (definition != null) {
      lastAt.put(definition.id(), at);
    }
    return new Logged(line, bytes.length, definition);
  }

  private Segment segmentFor(long more) throws IOException {
    Segment segment = lines.newest();
    if (segment != null
        && file != null
        && (segment.bytes() == 0 || segment.bytes() + more <= segmentBytes)) {
      return segment;
    }
    Path path = LogFolder.path(log, origin.stream(), next);
    Files.createDirectories(log.resolve(origin.stream()));
    RandomAccessFile opened = new RandomAccessFile(path.toFile(), "rw");
    Segment made = new Segment(path, next);
    if (file != null) {
      finished.add(file);
    }
    file = opened;
    lines.add(made);
    Durable.forceFolder(log.resolve(origin.stream()));
    Durable.forceFolder(log);
    link(path);
    return made;
  }

  private void write(Segment segment, byte[] line) throws IOException {
    RandomAccessFile target = file;
    if (target == null) {
      throw new IOException("the result log is closed");
    }
    byte[] bytes = new byte[line.length + 1];
    System.arraycopy(line, 0, bytes, 0, line.length);
    bytes[line.length] = '\n';
    // What a failed attempt left behind would otherwise stand behind a shorter line.
    if (target.length() != segment.bytes()) {
      target.setLength(segment.bytes());
    }
    target.seek(segment.bytes());
    target.write(bytes);
  }

  private void link(Path newest) {
    Path link = log.resolve("results.jsonl");
    Path made = log.resolve("results.jsonl" + Durable.UNFINISHED);
    try {
      Files.deleteIfExists(made);
      Files.createSymbolicLink(made, log.relativize(newest));
      Files.move(made, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | UnsupportedOperationException e) {
      LOG.debug("No link {} to the newest file of the log", link, e);
    }
  }

  /** Forces to the disk what is appended when this is called. */
  public void force() throws IOException {
    synchronized (forcing) {
      List<RandomAccessFile> files;
      RandomAccessFile current;
      synchronized (this) {
        files = List.copyOf(finished);
        current = file;
      }
      for (RandomAccessFile done : files) {
        done.getFD().sync();
        done.close();
        synchronized (this) {
          finished.remove(done);
        }
      }
      if (current != null) {
        current.getFD().sync();
      }
    }
  }

  /** The last sequence that was given in the current stream; 0 if there is none. */
  public synchronized long tail() {
    return next - 1;
  }

  public synchronized Origin origin() {
    return origin;
  }

  /** As {@link StreamLog#read}, of the current stream. */
  public Chunk read(long from, long to, int mostLines, int mostBytes) throws IOException {
    StreamLog.Where where;
    synchronized (this) {
      where = lines.where(from);
    }
    Segment segment = where.segment();
    if (segment == null) {
      return StreamLog.lost(from, to, where.next());
    }
    try {
      long last = Math.min(to, where.last());
      return StreamLog.chunk(from, segment.read(where.mark(), from, last, mostLines, mostBytes));
    } catch (NoSuchFileException deleted) {
      synchronized (this) {
        lines.forget(segment);
      }
      return read(from, to, mostLines, mostBytes);
    }
  }

  /** What has to be on the disk before the first line of a new stream is appended. */
  @FunctionalInterface
  public interface Turn {
    /**
     * Keeps word of the new stream.
     *
     * @param tail the last sequence of the former stream
     */
    void keep(long tail) throws IOException;
  }

  /** From now on lines are appended to another stream; the former one gets no more of them. */
  public synchronized void begin(Origin other, Turn turn) throws IOException {
    turn.keep(tail());
    if (file != null) {
      finished.add(file);
      file = null;
    }
    origin = other;
    lines = StreamLog.empty(other.stream());
    next = 1;
    lastAt.clear();
    floor = Instant.EPOCH;
  }

  /** Forces everything to the disk. Nothing can be appended afterwards. */
  @Override
  public void close() throws IOException {
    force();
    synchronized (this) {
      RandomAccessFile last = file;
      file = null;
      if (last != null) {
        last.close();
      }
    }
  }
}
