package webmon.acceptance.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A folder to run things in. When it is closed its outputs are kept in the build's folder, for
 * whoever has to find out why something failed, and everything else is deleted.
 */
public final class Workplace implements AutoCloseable {
  private final String name;
  private final Path folder;

  private Workplace(String name, Path folder) {
    this.name = name;
    this.folder = folder;
  }

  public static Workplace make(String name) {
    try {
      return new Workplace(name, Files.createTempDirectory("webmon-" + name + "-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path folder() {
    return folder;
  }

  /** A folder in it. */
  public Path folder(String inner) {
    try {
      return Files.createDirectories(folder.resolve(inner));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a file; folders above it are made where they are missing. */
  public static void write(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      // Renamed into place: a process that reads it again finds the old text or the new one.
      Path beside = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(beside, text, StandardCharsets.UTF_8);
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies a folder with everything in it, links as links. */
  public static void copy(Path from, Path to) {
    try (var paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        Files.copy(
            path,
            target,
            StandardCopyOption.COPY_ATTRIBUTES,
            java.nio.file.LinkOption.NOFOLLOW_LINKS);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void delete(Path folder) {
    try {
      Files.walkFileTree(folder, new Deleting());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    Path kept = Path.of(System.getProperty("webmon.target", "target"), "outputs", name);
    try (var paths = Files.walk(folder, 2)) {
      Files.createDirectories(kept);
      for (Path path : paths.filter(path -> path.toString().endsWith(".output")).toList()) {
        Path target = kept.resolve(folder.relativize(path).toString().replace('/', '-'));
        Files.copy(path, target, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    delete(folder);
  }

  private static final class Deleting extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    // A PostgreSQL that is going down removes files of its own meanwhile.
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }

    @Override
    public FileVisitResult postVisitDirectory(
        Path folder, @org.jspecify.annotations.Nullable IOException failure) throws IOException {
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
