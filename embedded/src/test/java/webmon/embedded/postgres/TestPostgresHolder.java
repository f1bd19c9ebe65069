package webmon.embedded.postgres;

import java.io.IOException;

/** Runs a test database until it is killed. */
final class TestPostgresHolder {
  private TestPostgresHolder() {}

  static void main(String[] arguments) throws IOException, InterruptedException {
    System.out.println("ready " + TestPostgres.start().folder());
    Thread.currentThread().join();
  }
}
