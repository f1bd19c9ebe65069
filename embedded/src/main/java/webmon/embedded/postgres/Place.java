package webmon.embedded.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Where a database lives: the folder with its programs, its data, its log and its passwords. */
record Place(Path folder) {
  private static final String UNFINISHED = "unfinished-";

  Path data() {
    return folder.resolve("data");
  }

  Path log() {
    return folder.resolve("postgres.log");
  }

  /** Of the role {@code postgres}, which only sets things up. */
  Path administratorPassword() {
    return folder.resolve("postgres.password");
  }

  /** Of the role {@code webmon}; there as soon as role and database are. */
  Path password() {
    return folder.resolve("webmon.password");
  }

  /** A name for something that takes its place when it is whole. */
  static Path unfinished(Path finished) {
    return finished.resolveSibling(UNFINISHED + finished.getFileName() + "-" + UUID.randomUUID());
  }

  /** What an interrupted start has left; only the holder of the folder's lock may ask. */
  void deleteUnfinished() throws IOException {
    Folders.deleteAll(folder, name -> name.startsWith(UNFINISHED));
  }

  boolean hasData() {
    return Files.exists(data());
  }
}
