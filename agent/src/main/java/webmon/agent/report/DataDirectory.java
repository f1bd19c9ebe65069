package webmon.agent.report;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

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
  private final FileChannel channel;
  private final FileLock lock;

  private DataDirectory(Path path, FileChannel channel, FileLock lock) {
    this.path = path;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Makes the folder if it is not there, and takes it.
   *
   * @throws DataDirectoryInUseException if another process, or another agent of this one, has it
   * @throws IOException if it cannot be made or written
   */
  public static DataDirectory open(Path path) throws IOException, DataDirectoryInUseException {
    Files.createDirectories(path);
    Path file = path.resolve("lock");
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      throw new DataDirectoryInUseException(path, holder(file));
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
    if (lock == null) {
      throw new DataDirectoryInUseException(path, holder(file));
    }
    channel.truncate(0);
    byte[] holder = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
    channel.write(ByteBuffer.wrap(holder), 0);
    return new DataDirectory(path, channel, lock);
  }

  private static String holder(Path file) throws IOException {
    return Files.readString(file).strip();
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
    lock.release();
    channel.close();
  }
}
