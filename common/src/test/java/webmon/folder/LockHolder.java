package webmon.folder;

import java.io.IOException;
import java.nio.file.Path;

/** Holds the lock of a folder until it is killed. */
final class LockHolder {
  private LockHolder() {}

  static void main(String[] arguments) throws IOException, InterruptedException {
    System.out.println(FolderLock.take(Path.of(arguments[0])).getClass().getSimpleName());
    Thread.currentThread().join();
  }
}
