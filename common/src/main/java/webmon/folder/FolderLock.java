package webmon.folder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The exclusive right to a folder: a lock on its file {@code lock}, which holds the owner's process
 * id. The operating system gives it back when the process ends, however it ends. The file stays.
 */
public final class FolderLock implements AutoCloseable {
  /**
   * Folders locked by this process. The locks belong to the process as well: opening and closing
   * the file a second time would give the first lock back (POSIX {@code fcntl}).
   */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /** Either the lock, or who has it. */
  public sealed interface Attempt {}

  /** The folder is ours until the lock is closed. */
  public record Held(FolderLock lock) implements Attempt {}

  /**
   * The folder is another one's; its process id is empty only in the moment it is being written.
   */
  public record Taken(Path folder, OptionalLong pid) implements Attempt {}

  /** Makes the folder if need be and tries to take it, without waiting. */
  public static Attempt take(Path folder) throws IOException {
    Path real = Files.createDirectories(folder).toRealPath();
    if (!HELD_HERE.add(real)) {
      return new Taken(real, OptionalLong.of(ProcessHandle.current().pid()));
    }
    boolean held = false;
    try {
      FileChannel channel =
          FileChannel.open(
              real.resolve("lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      try {
        held = channel.tryLock() != null;
        if (!held) {
          return new Taken(real, readPid(channel));
        }
        writePid(channel);
        return new Held(new FolderLock(real, channel));
      } finally {
        if (!held) {
          channel.close();
        }
      }
    } finally {
      if (!held) {
        HELD_HERE.remove(real);
      }
    }
  }

  /** The locked folder, as a real path. */
  public Path folder() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      channel.close();
      HELD_HERE.remove(folder);
    }
  }

  private static void writePid(FileChannel channel) throws IOException {
    channel.truncate(0);
    byte[] line = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
    channel.write(ByteBuffer.wrap(line), 0);
  }

  private static OptionalLong readPid(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(32);
    channel.read(bytes, 0);
    String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
    return text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
  }
}
