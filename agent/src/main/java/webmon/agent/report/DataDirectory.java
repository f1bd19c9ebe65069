package webmon.agent.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import webmon.folder.FolderLock;

/**
 * An agent's {@code data_dir}, held by this process alone until it is closed. The lock ends with
 * the process, however that ends.
 *
 * <pre>
 * lock                              held; says which process
 * agent-id                          the agent's id
 * keys/key.jwk                      the agent's key pair
 * stream                            the current stream, and what it continues
 * log/STREAM/FIRST.jsonl            the result log
 * log/results.jsonl                 a link to the newest of these
 * outbox/STREAM-FIRST-LAST.jws      reports that are not acknowledged
 * acknowledged/STREAM.json          how far a stream is acknowledged
 * acknowledged/STREAM-FIRST-LAST.jws  acknowledged reports, kept for a while
 * status.json                       what a running agent last said of itself
 * </pre>
 */
public final class DataDirectory implements AutoCloseable {
  private final Path path;
  private final FolderLock lock;

  private DataDirectory(Path path, FolderLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes the folder if it is not there, and takes it.
   *
   * @throws DataDirectoryInUseException if another process, or another agent of this one, has it
   * @throws IOException if it cannot be made or written
   */
  public static DataDirectory open(Path path) throws IOException, DataDirectoryInUseException {
    provide(path);
    return switch (FolderLock.take(path)) {
      case FolderLock.Held held -> new DataDirectory(path, held.lock());
      case FolderLock.Taken taken ->
          throw new DataDirectoryInUseException(
              path, taken.pid().isPresent() ? Long.toString(taken.pid().getAsLong()) : "");
    };
  }

  /**
   * Makes the folder if it is not there. Reports and excerpts of pages are nobody's business; the
   * group may read, so that a log shipper can be let in.
   */
  static void provide(Path path) throws IOException {
    if (Files.exists(path)) {
      return;
    }
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
    } else {
      Files.createDirectories(path);
    }
  }

  public Path path() {
    return path;
  }

  Path log() {
    return log(path);
  }

  static Path log(Path path) {
    return path.resolve("log");
  }

  static Path outbox(Path path) {
    return path.resolve("outbox");
  }

  static Path acknowledged(Path path) {
    return path.resolve("acknowledged");
  }

  static Path stream(Path path) {
    return path.resolve("stream");
  }

  static Path status(Path path) {
    return path.resolve("status.json");
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
