package webmon.embedded.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Runs a PostgreSQL in a folder until it is killed; says how to reach it. */
final class PostgresHolder {
  private PostgresHolder() {}

  static void main(String[] arguments) throws IOException, InterruptedException {
    EmbeddedPostgres postgres =
        EmbeddedPostgres.start(
            Path.of(arguments[0]),
            new Starter.Surroundings(
                Durability.THROWN_AWAY,
                Optional.of(TestPostgres.home()),
                Path.of(arguments[1]),
                Machine::freePort,
                Machine::pause),
            line -> System.out.println("said " + line));
    System.out.println("password " + postgres.password());
    System.out.println("url " + postgres.jdbcUrl());
    Thread.currentThread().join();
  }
}
