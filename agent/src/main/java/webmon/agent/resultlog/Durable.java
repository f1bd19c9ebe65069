package webmon.agent.resultlog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
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
    try {
      fill(unfinished, bytes);
      move(unfinished, file);
    } catch (IOException e) {
      // On a full disk the room is needed.
      Files.deleteIfExists(unfinished);
      throw e;
    }
  }

  private static void fill(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  /** Deletes what a former process did not finish; makes the folder if it is not there. */
  public static void prepare(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + UNFINISHED)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
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
