package webmon.agent.resultlog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;

/** Files that are there as a whole or not at all, and stay there when the power fails. */
public final class Durable {
  /** The ending of a file that is not finished; one that is found after a start is rubbish. */
  public static final String UNFINISHED = ".tmp";

  private Durable() {}

  /**
   * Writes a file under a temporary name, forces it to the disk, gives it its name (in place of a
   * former one), and forces the folder.
   *
   * @param attributes of the new file, for instance its permissions
   */
  public static void write(Path file, byte[] bytes, FileAttribute<?>... attributes)
      throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
    Files.deleteIfExists(unfinished);
    Files.createFile(unfinished, attributes);
    try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    move(unfinished, file);
  }

  /** Renames within one file system, in place of a former file; forces the folder it comes to. */
  public static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    forceFolder(folder(to));
  }

  /** Forces a folder's entries: names given and taken away since. */
  public static void forceFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static Path folder(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IllegalArgumentException("a file without a folder: " + file);
    }
    return parent;
  }
}
