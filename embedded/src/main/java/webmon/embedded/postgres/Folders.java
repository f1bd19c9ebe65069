package webmon.embedded.postgres;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whole folders: making, giving to another user, deleting. */
final class Folders {
  private Folders() {}

  /** A folder that everybody may pass and read, whatever the umask; an existing one is kept. */
  static Path makePassable(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder.resolveSibling(""));
      Files.createDirectory(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return folder;
  }

  /** A new folder that only its owner may enter. */
  static Path makePrivate(Path folder) throws IOException {
    return Files.createDirectory(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /**
   * Lets only its owner enter: PostgreSQL does not start on data that was copied with other rights.
   */
  static void close(Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
  }

  static long owner(Path path) throws IOException {
    return ((Number) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS)).longValue();
  }

  static long group(Path path) throws IOException {
    return ((Number) Files.getAttribute(path, "unix:gid", LinkOption.NOFOLLOW_LINKS)).longValue();
  }

  /** Gives a file, or a folder with all that is in it, to the user that PostgreSQL runs as. */
  static void give(Path path, RunAs owner) throws IOException {
    if (owner(path) == owner.uid()) {
      return;
    }
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            giveOne(file, owner);
            return FileVisitResult.CONTINUE;
          }

          // The top folder last: it says whose all of it is, so an interrupted change is taken up.
          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            giveOne(folder, owner);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void giveOne(Path path, RunAs owner) throws IOException {
    Files.setAttribute(path, "unix:gid", (int) owner.gid(), LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(path, "unix:uid", (int) owner.uid(), LinkOption.NOFOLLOW_LINKS);
  }

  /** Deletes what is so called in a folder; what cannot be deleted now is left for another time. */
  static void deleteAll(Path folder, Predicate<String> names) throws IOException {
    List<Path> found;
    try (Stream<Path> entries = Files.list(folder)) {
      found = entries.filter(entry -> names.test(entry.getFileName().toString())).toList();
    }
    found.forEach(Folders::tryDelete);
  }

  /** Whether all of it could be deleted. */
  static boolean tryDelete(Path folder) {
    try {
      delete(folder);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
