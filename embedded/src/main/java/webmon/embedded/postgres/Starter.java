package webmon.embedded.postgres;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** The way from a folder to a running database: everything that a first or later start does. */
final class Starter {
  static final String NAME = "webmon";

  private static final Duration BEFORE_SECOND_TRY = Duration.ofSeconds(2);

  private final Surroundings surroundings;
  private final Consumer<String> progress;

  Starter(Surroundings surroundings, Consumer<String> progress) {
    this.surroundings = surroundings;
    this.progress = progress;
  }

  /**
   * What a test may choose: where the programs are unpacked (empty: beside the data), where the
   * data goes that cannot be in the folder, which ports are tried, and how time passes.
   */
  record Surroundings(
      Durability durability,
      Optional<Path> programs,
      Path elsewhere,
      IntSupplier ports,
      Pause pause) {
    static Surroundings real() {
      return new Surroundings(
          Durability.KEPT, Optional.empty(), Lodging.ELSEWHERE, Machine::freePort, Machine::pause);
    }

    static Surroundings ofTests(Path programs) {
      return new Surroundings(
          Durability.THROWN_AWAY,
          Optional.of(programs),
          Lodging.ELSEWHERE,
          Machine::freePort,
          Machine::pause);
    }
  }

  record Started(Cluster cluster, Postmaster postmaster, int port, String password) {}

  Started start(Path folder) throws PostgresUnavailable, InterruptedException {
    try {
      return tryStart(Files.createDirectories(folder).toRealPath());
    } catch (PostgresUnavailable e) {
      throw e;
    } catch (FileSystemException e) {
      throw new PostgresUnavailable(
          "The database's folder %s cannot be used (%s): make it writable for this user, or choose another one."
              .formatted(folder, e),
          e);
    } catch (IOException e) {
      throw new PostgresUnavailable(
          "PostgreSQL cannot be started in %s: %s.".formatted(folder, e.getMessage()), e);
    }
  }

  private Started tryStart(Path folder) throws IOException, InterruptedException {
    Binaries binaries = Binaries.ofThisMachine();
    Lodging.Chosen chosen =
        new Lodging(RealGround.ask(), surroundings.elsewhere(), progress).choose(folder);
    Place place = chosen.place();
    place.deleteUnfinished();
    // Whoever cannot reach the folder may not reach the programs of the tests either.
    Path programs =
        binaries.unpackInto(
            surroundings
                .programs()
                .filter(shared -> place.folder().startsWith(folder))
                .orElse(place.folder()),
            progress);
    Cluster cluster = new Cluster(place, chosen.runAs(), programs, surroundings.durability());
    Postmaster postmaster = new Postmaster(place, surroundings.pause());
    if (place.hasData()) {
      stopOrphan(postmaster);
      Folders.give(place.data(), chosen.runAs());
      Folders.close(place.data());
    } else {
      progress.accept("Making the database in " + place.data() + ".");
      cluster.initialise(Secrets.make());
    }
    Binaries.deleteOthers(place.folder(), programs);
    boolean running = false;
    try {
      int port = startTwice(cluster, place);
      if (!Files.exists(place.password())) {
        makeRoleAndDatabase(place, port);
      }
      Started started = new Started(cluster, postmaster, port, Secrets.read(place.password()));
      running = true;
      return started;
    } catch (SQLException e) {
      throw new IOException("its role and database cannot be made: " + e.getMessage(), e);
    } finally {
      if (!running) {
        postmaster.stop();
      }
    }
  }

  private void stopOrphan(Postmaster postmaster) throws IOException, InterruptedException {
    Optional<ProcessHandle> orphan = postmaster.running();
    if (orphan.isPresent()) {
      progress.accept(
          "Stopping the PostgreSQL that an earlier run has left (process %d)."
              .formatted(orphan.get().pid()));
    }
    if (!postmaster.stop()) {
      throw new PostgresUnavailable(
          "A PostgreSQL left by an earlier run does not stop: end the process in %s/data/postmaster.pid."
              .formatted(postmaster.place().folder()));
    }
  }

  private int startTwice(Cluster cluster, Place place) throws IOException, InterruptedException {
    int first = surroundings.ports().getAsInt();
    if (cluster.start(first).isEmpty()) {
      return first;
    }
    // Another process may have taken the port, or old backends may still hold shared memory.
    surroundings.pause().last(BEFORE_SECOND_TRY);
    int second = surroundings.ports().getAsInt();
    Optional<String> failure = cluster.start(second);
    if (failure.isPresent()) {
      throw new PostgresUnavailable(
          "PostgreSQL does not start: %s (more in %s).".formatted(failure.get(), place.log()));
    }
    return second;
  }

  /** Also right after a crash in the middle of it: the password is written when all is done. */
  private static void makeRoleAndDatabase(Place place, int port) throws IOException, SQLException {
    String password = Secrets.make();
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    String administrator = Secrets.read(place.administratorPassword());
    try (Connection connection = DriverManager.getConnection(url, "postgres", administrator);
        Statement statement = connection.createStatement()) {
      String role = exists(statement, "pg_roles WHERE rolname") ? "ALTER" : "CREATE";
      statement.execute(role + " ROLE " + NAME + " LOGIN CREATEDB PASSWORD '" + password + "'");
      if (!exists(statement, "pg_database WHERE datname")) {
        statement.execute("CREATE DATABASE " + NAME + " OWNER " + NAME);
      }
    }
    Secrets.write(place.password(), password);
  }

  private static boolean exists(Statement statement, String where) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT FROM " + where + " = '" + NAME + "'")) {
      return rows.next();
    }
  }
}
