package webmon.agent.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads a result log while an agent may be writing it: the last lines that are wanted, then those
 * that come. A line counts once its line feed is there.
 */
final class LogTail {
  private static final int STEP = 64 * 1024;

  private final LogSegments segments;
  private final Predicate<byte[]> wanted;
  private @Nullable Path current;
  private long position;

  LogTail(LogSegments segments, Predicate<byte[]> wanted) {
    this.segments = segments;
    this.wanted = wanted;
  }

  /** The last lines that are wanted, at most so many, in order. */
  List<byte[]> last(int count) throws IOException {
    List<Path> files = segments.oldestFirst();
    Deque<byte[]> lines = new ArrayDeque<>();
    for (int i = files.size() - 1; i >= 0 && (lines.size() < count || current == null); i--) {
      Deque<byte[]> ofFile = new ArrayDeque<>();
      int missing = count - lines.size();
      long end =
          read(
              files.get(i),
              0,
              line -> {
                if (wanted.test(line)) {
                  ofFile.addLast(line);
                  if (ofFile.size() > missing) {
                    ofFile.removeFirst();
                  }
                }
              });
      ofFile.descendingIterator().forEachRemaining(lines::addFirst);
      if (current == null) {
        current = files.get(i);
        position = end;
      }
    }
    return new ArrayList<>(lines);
  }

  /** Lines that came since, over the ends of segments and streams. */
  void more(Consumer<byte[]> to) throws IOException {
    // Listed before the file is read: what is newer than this was begun after the file's end.
    List<Path> files = segments.oldestFirst();
    Consumer<byte[]> filtered =
        line -> {
          if (wanted.test(line)) {
            to.accept(line);
          }
        };
    int at = current == null ? -1 : files.indexOf(current);
    if (at >= 0) {
      position = read(files.get(at), position, filtered);
    }
    for (int i = at + 1; i < files.size(); i++) {
      current = files.get(i);
      position = read(files.get(i), 0, filtered);
    }
  }

  /** The position after the last whole line. */
  private static long read(Path file, long from, Consumer<byte[]> to) throws IOException {
    long end = from;
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      channel.position(from);
      InputStream in = Channels.newInputStream(channel);
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      byte[] bytes = new byte[STEP];
      for (int read = in.read(bytes); read > 0; read = in.read(bytes)) {
        int start = 0;
        for (int i = 0; i < read; i++) {
          if (bytes[i] == '\n') {
            line.write(bytes, start, i - start);
            end += line.size() + 1;
            to.accept(line.toByteArray());
            line.reset();
            start = i + 1;
          }
        }
        line.write(bytes, start, read - start);
      }
    } catch (NoSuchFileException e) {
      // Acknowledged and removed meanwhile, for want of space.
      return end;
    }
    return end;
  }
}
