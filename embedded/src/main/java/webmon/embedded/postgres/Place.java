package webmon.embedded.postgres;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where a database lives: the folder with its programs, its data, its log and its passwords. */
record Place(Path folder) {
  static final String UNFINISHED = "unfinished-data-";

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

  boolean hasData() {
    return Files.exists(data());
  }
}
