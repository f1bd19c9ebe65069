package webmon.agent.command;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The files of a result log, oldest first: {@code STREAM/FIRST.jsonl}. Streams follow each other in
 * time, so the one that was written last is the newest.
 */
final class LogSegments {
  private final Path log;

  LogSegments(Path log) {
    this.log = log;
  }

  private record Stream(FileTime written, List<Path> segments) {}

  List<Path> oldestFirst() throws IOException {
    List<Stream> streams = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(log, Files::isDirectory)) {
      for (Path folder : folders) {
        List<Path> segments = segments(folder);
        if (!segments.isEmpty()) {
          streams.add(new Stream(written(segments.getLast()), segments));
        }
      }
    }
    streams.sort(Comparator.comparing(Stream::written));
    return streams.stream().flatMap(stream -> stream.segments().stream()).toList();
  }

  /** Names are numbers of the same length, so their order is that of the numbers. */
  private static List<Path> segments(Path folder) throws IOException {
    List<Path> segments = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jsonl")) {
      files.forEach(segments::add);
    }
    segments.sort(Comparator.naturalOrder());
    return segments;
  }

  private static FileTime written(Path segment) throws IOException {
    try {
      return Files.getLastModifiedTime(segment);
    } catch (NoSuchFileException e) {
      // Removed meanwhile, for want of space: so it was an old one.
      return FileTime.fromMillis(0);
    }
  }
}
