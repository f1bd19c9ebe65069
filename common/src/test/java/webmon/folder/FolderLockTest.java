package webmon.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderLockTest {
  @TempDir private Path folder;

  @Test
  void makesTheFolderAndWritesItsProcessIdInto() throws IOException {
    try (FolderLock lock = take(folder.resolve("a/b"))) {
      assertThat(lock.folder()).isEqualTo(folder.toRealPath().resolve("a/b"));
      assertThat(folder.resolve("a/b/lock")).hasContent(ProcessHandle.current().pid() + "\n");
    }
  }

  @Test
  void namesThisProcessToASecondHolderInIt() throws IOException {
    try (FolderLock lock = take(folder)) {
      assertThat(FolderLock.take(folder))
          .isEqualTo(
              new FolderLock.Taken(lock.folder(), OptionalLong.of(ProcessHandle.current().pid())));
    }
  }

  @Test
  void namesAnotherProcessThatHoldsItAndGetsItWhenThatIsKilled() throws IOException {
    try (ForkedJvm holder = ForkedJvm.run(LockHolder.class, folder.toString())) {
      holder.await("Held");
      assertThat(FolderLock.take(folder))
          .isEqualTo(new FolderLock.Taken(folder.toRealPath(), OptionalLong.of(holder.pid())));
      holder.kill();
      take(folder).close();
    }
  }

  @Test
  void aSecondTryInThisProcessDoesNotGiveTheLockAway() throws IOException {
    try (FolderLock lock = take(folder)) {
      FolderLock.take(lock.folder());
      try (ForkedJvm other = ForkedJvm.run(LockHolder.class, folder.toString())) {
        assertThat(other.await("Taken")).isEmpty();
      }
    }
  }

  @Test
  void canBeTakenAgainAfterItWasClosedTwice() throws IOException {
    FolderLock first = take(folder);
    first.close();
    try (FolderLock second = take(folder)) {
      first.close();
      assertThat(FolderLock.take(second.folder())).isInstanceOf(FolderLock.Taken.class);
    }
  }

  @Test
  void isAFailureWhereThereCanBeNoFolder() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> FolderLock.take(file)).isInstanceOf(FileSystemException.class);
    take(folder).close();
  }

  private static FolderLock take(Path folder) throws IOException {
    FolderLock.Attempt attempt = FolderLock.take(folder);
    assertThat(attempt).isInstanceOf(FolderLock.Held.class);
    return ((FolderLock.Held) attempt).lock();
  }
}
