package webmon.embedded.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import webmon.folder.ForkedJvm;

final class EmbeddedPostgresTest {
  @TempDir private Path temporary;

  private final List<String> progress = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();

  /** Root may have to run PostgreSQL as another user, who must reach the folder. */
  @BeforeEach
  void openTheFolder() throws IOException {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void theFirstStartMakesADatabaseAndTheSecondFindsIt() throws Exception {
    String password;
    try (EmbeddedPostgres postgres = start(Durability.KEPT, Machine::freePort)) {
      password = postgres.password();
      Queries.run(postgres, "CREATE TABLE page AS SELECT 'Käpyaho' AS name");
      assertThat(Queries.value(postgres, "SHOW server_encoding")).isEqualTo("UTF8");
      assertThat(Queries.value(postgres, "SELECT upper(name) FROM page")).isEqualTo("KÄPYAHO");
      assertThat(Queries.value(postgres, "SHOW fsync")).isEqualTo("on");
      assertThat(Queries.value(postgres, "SELECT rolsuper FROM pg_roles WHERE rolname = 'webmon'"))
          .isEqualTo("f");
    }
    assertThat(progress).containsExactly("Making the database in " + place().data() + ".");
    try (EmbeddedPostgres postgres = start()) {
      assertThat(Queries.value(postgres, "SELECT name FROM page")).isEqualTo("Käpyaho");
      assertThat(postgres.password()).isEqualTo(password);
    }
    assertThat(progress).hasSize(1);
  }

  @Test
  void onlyThePasswordOpensItAndOnlyItsOwnerReadsThat() throws Exception {
    try (EmbeddedPostgres postgres = start()) {
      for (String user : List.of("webmon", "postgres")) {
        assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), user, "guess"))
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("password authentication failed");
      }
      for (Path file : List.of(place().password(), place().administratorPassword())) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------");
      }
      assertThat(Queries.value(postgres, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(Path.of("/tmp/.s.PGSQL." + postgres.port())).doesNotExist();
    }
  }

  @Test
  void stopsWhatAKilledProcessHasLeftAndKeepsWhatItHadCommitted() throws Exception {
    try (ForkedJvm holder =
        ForkedJvm.run(PostgresHolder.class, folder().toString(), temporary.toString())) {
      String password = holder.await("password ");
      String url = holder.await("url ");
      Queries.run(url, password, "CREATE TABLE page AS SELECT 7 AS id");
      holder.kill();
      assertThat(Queries.value(url, password, "SELECT id FROM page")).isEqualTo("7");
      try (EmbeddedPostgres postgres = start()) {
        assertThat(progress)
            .singleElement()
            .asString()
            .startsWith("Stopping the PostgreSQL that an earlier run has left");
        assertThat(Queries.value(postgres, "SELECT id FROM page")).isEqualTo("7");
        assertThatThrownBy(() -> DriverManager.getConnection(url, "webmon", password))
            .isInstanceOf(SQLException.class);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"said Making the database", "url "})
  void endsWithTheProcessAlsoWithinAStart(String moment) throws Exception {
    try (ForkedJvm holder =
        ForkedJvm.run(PostgresHolder.class, folder().toString(), temporary.toString())) {
      holder.await(moment);
      ProcessHandle process = ProcessHandle.of(holder.pid()).orElseThrow();
      process.destroy();
      process.onExit().get(10, TimeUnit.SECONDS);
      assertThat(new Postmaster(place(), pauses::add).running()).isEmpty();
    }
  }

  @Test
  void triesAFailedStartOnceMoreAfterTwoSeconds() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      List<Integer> ports = new ArrayList<>(List.of(taken.getLocalPort(), Machine.freePort()));
      try (EmbeddedPostgres postgres = start(ports::removeFirst)) {
        assertThat(postgres.port()).isNotEqualTo(taken.getLocalPort());
        assertThat(Queries.value(postgres, "SELECT 1")).isEqualTo("1");
      }
      assertThat(pauses).containsExactly(Duration.ofSeconds(2));
      assertThatThrownBy(() -> start(taken::getLocalPort))
          .isInstanceOf(PostgresUnavailable.class)
          .hasMessageStartingWith("PostgreSQL does not start: ")
          .hasMessageContaining("postgres.log");
    }
  }

  @Test
  void goesOnWhereAStartWasCutShort() throws Exception {
    start().close();
    Files.delete(place().password());
    Files.createDirectories(place().folder().resolve("unfinished-data-1/base"));
    // After a restart of the machine the number may be that of any process: here our own.
    Files.writeString(
        place().data().resolve("postmaster.pid"),
        ProcessHandle.current().pid() + "\n" + place().data() + "\n1\n");
    try (EmbeddedPostgres postgres = start()) {
      assertThat(Queries.value(postgres, "SELECT 1")).isEqualTo("1");
      assertThat(place().folder().resolve("unfinished-data-1")).doesNotExist();
      assertThat(pauses).isEmpty();
    }
  }

  @Test
  void closingItCutsConnectionsAlsoInAnInterruptedThread() throws Exception {
    EmbeddedPostgres postgres = start();
    try (Connection connection =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
        Statement statement = connection.createStatement()) {
      Thread.currentThread().interrupt();
      postgres.close();
      assertThat(Thread.interrupted()).isTrue();
      postgres.close();
      assertThatThrownBy(() -> statement.execute("SELECT 1")).isInstanceOf(SQLException.class);
      assertThat(new Postmaster(place(), pauses::add).running()).isEmpty();
    }
  }

  @Test
  void closingItIsQuietWhenItWasStoppedByAnother() throws Exception {
    try (EmbeddedPostgres postgres = start()) {
      assertThat(new Postmaster(place(), Machine::pause).stop()).isTrue();
      assertThatThrownBy(() -> Queries.value(postgres, "SELECT 1"))
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void saysThatAFolderCannotBeUsed() throws IOException {
    Path file = Files.createFile(temporary.resolve("file"));
    assertThatThrownBy(() -> EmbeddedPostgres.start(file, progress::add))
        .isInstanceOf(PostgresUnavailable.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("choose another one");
  }

  private EmbeddedPostgres start() throws IOException, InterruptedException {
    return start(Machine::freePort);
  }

  private EmbeddedPostgres start(IntSupplier ports) throws IOException, InterruptedException {
    return start(Durability.THROWN_AWAY, ports);
  }

  private EmbeddedPostgres start(Durability durability, IntSupplier ports)
      throws IOException, InterruptedException {
    return EmbeddedPostgres.start(
        folder(),
        new Starter.Surroundings(
            durability, Optional.of(TestPostgres.home()), temporary, ports, this::pause),
        progress::add);
  }

  /** Only the looks at a PostgreSQL that is stopping are really waited for. */
  private void pause(Duration duration) throws InterruptedException {
    if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
      Machine.pause(duration);
    } else {
      pauses.add(duration);
    }
  }

  /** With what a shell could stumble over. */
  private Path folder() throws IOException {
    return Files.createDirectories(temporary.resolve("it's a folder, ü")).toRealPath();
  }

  private Place place() throws IOException {
    return new Place(folder().resolve("postgres"));
  }
}
