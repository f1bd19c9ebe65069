package webmon.agent.resultlog;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The folder {@code log} of a {@code data_dir}: what lies in it, without looking into the files.
 */
public final class LogFolder {
  private static final Pattern STREAM = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern SEGMENT = Pattern.compile("[0-9]{20}\\.jsonl");

  private LogFolder() {}

  /**
   * A file of the log.
   *
   * @param before a sequence that comes after its last one; {@link Long#MAX_VALUE} in the newest
   *     file of a stream
   */
  public record LogFile(
      Path path, String stream, long first, long before, long bytes, Instant modified) {

    /** Whether lines may still be appended to it, if its stream is the current one. */
    public boolean newest() {
      return before == Long.MAX_VALUE;
    }
  }

  /** The streams of which something is there. */
  public static List<String> streams(Path log) throws IOException {
    List<String> streams = new ArrayList<>();
    if (Files.isDirectory(log)) {
      try (DirectoryStream<Path> folders = Files.newDirectoryStream(log, Files::isDirectory)) {
        for (Path folder : folders) {
          String name = String.valueOf(folder.getFileName());
          if (STREAM.matcher(name).matches()) {
            streams.add(name);
          }
        }
      }
    }
    streams.sort(Comparator.naturalOrder());
    return streams;
  }

  /** A stream's files, in order. */
  public static List<LogFile> files(Path log, String stream) throws IOException {
    Path folder = log.resolve(stream);
    List<Path> paths = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
        for (Path entry : entries) {
          if (SEGMENT.matcher(String.valueOf(entry.getFileName())).matches()) {
            paths.add(entry);
          }
        }
      }
    }
    paths.sort(Comparator.naturalOrder());
    List<LogFile> files = new ArrayList<>();
    long before = Long.MAX_VALUE;
    for (Path path : paths.reversed()) {
      long first = first(path);
      try {
        Instant modified = Files.getLastModifiedTime(path).toInstant();
        files.addFirst(new LogFile(path, stream, first, before, Files.size(path), modified));
        before = first;
      } catch (NoSuchFileException deletedMeanwhile) {
        continue;
      }
    }
    return files;
  }

  static Path path(Path log, String stream, long first) {
    return log.resolve(stream).resolve(String.format(Locale.ROOT, "%020d.jsonl", first));
  }

  private static long first(Path path) {
    return Long.parseLong(String.valueOf(path.getFileName()).substring(0, 20));
  }
}
