package webmon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import webmon.configuration.ListenAddress;
import webmon.configuration.Secret;
import webmon.configuration.ServerSettings;
import webmon.embedded.postgres.TestPostgres;

/** How a server comes up, or says in one sentence why not. */
class StartTest {
  private static final Startup SHORT =
      new Startup(false, Duration.ofSeconds(2), InstantSource.system());

  private static ServerSettings settings() {
    TestPostgres.Database empty = TestPostgres.shared().newDatabase();
    return RunningServer.settings(empty.jdbcUrl(), empty.user(), empty.password());
  }

  @Test
  void bringsAnEmptyDatabaseUpToDate() throws CannotStart {
    ServerSettings settings = settings();
    try (Server server = Server.start(settings, SHORT)) {
      assertThat(server.uri().getPort()).isPositive();
      assertThat(server.adminUri().getPort()).isPositive().isNotEqualTo(server.uri().getPort());
      assertThat(server.administration().deployment()).matches("[0-9a-f]{32}");
    }
  }

  @Test
  void severalStartAtOnceOnAnEmptyDatabase() throws Exception {
    ServerSettings settings = settings();
    // The first that comes makes the keys; the others have to have the same file.
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<String> start =
          () -> {
            try (Server server = Server.start(settings, SHORT)) {
              return server.administration().deployment();
            }
          };
      List<Future<String>> servers = threads.invokeAll(List.of(start, start, start));
      for (Future<String> server : servers) {
        assertThat(server.get()).isEqualTo(servers.getFirst().get());
      }
    }
  }

  @Test
  @Timeout(20)
  void closesWithinFiveSecondsAndLetsThePortGo() throws CannotStart, IOException {
    Server server = Server.start(settings(), SHORT);
    int port = server.uri().getPort();
    long begin = System.nanoTime();
    server.close();
    server.close();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    try (ServerSocket again = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThat(again.isBound()).isTrue();
    }
  }

  @Test
  void saysThatAPortIsTaken() throws IOException {
    ServerSettings settings = settings();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      ListenAddress address = new ListenAddress("127.0.0.1", taken.getLocalPort());
      CannotStart first = refused(with(settings, address, settings.adminAddress()));
      assertThat(first.exitCode()).isEqualTo(2);
      assertThat(first.sentence())
          .isEqualTo(
              "Cannot listen on %s: it is taken or not ours. Stop what listens there, or set address under [server] to another."
                  .formatted(address));
      CannotStart second = refused(with(settings, settings.address(), address));
      assertThat(second.sentence()).contains("set admin_address under [server]");
    }
  }

  @Test
  void saysThatTheDatabaseRefusesUs() {
    ServerSettings settings = settings();
    CannotStart refused =
        refused(with(settings, settings.databaseUrl().value(), new Secret("wrong-password")));
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.sentence())
        .contains("refuses us", "Check database_url, user and password.")
        .doesNotContain("wrong-password");
    CannotStart missing =
        refused(
            with(
                settings,
                settings.databaseUrl().value().replaceFirst("/[^/?]+(\\?|$)", "/no_such$1"),
                settings.databasePassword()));
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.sentence()).contains("\"no_such\" does not exist");
  }

  @Test
  @Timeout(30)
  void waitsForTheDatabaseAndThenSaysThatItIsAway() throws IOException {
    int nobody;
    try (ServerSocket free = new ServerSocket(0)) {
      nobody = free.getLocalPort();
    }
    String url = "jdbc:postgresql://127.0.0.1:" + nobody + "/webmon?password=hidden-one";
    CannotStart away = refused(with(settings(), url, null));
    assertThat(away.exitCode()).isEqualTo(3);
    assertThat(away.sentence())
        .startsWith("The database //127.0.0.1:" + nobody + "/webmon does not answer: ")
        .endsWith("Start it, or correct database_url.")
        .doesNotContain("hidden-one");
  }

  @Test
  void makesItsKeysOnceForItselfOnly() throws Exception {
    ServerSettings settings = settings();
    String signer;
    try (Server server = Server.start(settings, SHORT)) {
      signer = server.administration().serverKeys().signer().kid();
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(settings.keysFile())))
        .isEqualTo("rw-------");
    try (Server server = Server.start(settings, SHORT)) {
      assertThat(server.administration().serverKeys().signer().kid()).isEqualTo(signer);
    }
    Files.delete(settings.keysFile());
    CannotStart lost = refused(settings);
    assertThat(lost.exitCode()).isEqualTo(2);
    assertThat(lost.sentence()).contains("is missing", "restore it");
    assertThat(settings.keysFile()).doesNotExist();
  }

  @Test
  void takesNoKeysThatAgentsDoNotKnow() throws Exception {
    ServerSettings settings = settings();
    Server.start(settings, SHORT).close();
    ServerSettings other = settings();
    Server.start(other, SHORT).close();
    Files.copy(
        other.keysFile(), settings.keysFile(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThat(refused(settings).sentence()).contains("holds none of the keys");
    Files.writeString(settings.keysFile(), "no keys");
    assertThat(refused(settings).sentence()).endsWith("is not JSON");
    Files.writeString(settings.keysFile(), "{\"keys\":[]}");
    assertThat(refused(settings).exitCode()).isEqualTo(2);
  }

  @Test
  void saysThatItsKeysCannotBeKept() throws IOException {
    ServerSettings settings = settings();
    Path file = Files.createTempFile("not", "a-folder");
    ServerSettings unwritable =
        new ServerSettings(
            settings.address(),
            settings.adminAddress(),
            settings.databaseUrl(),
            settings.databaseUser(),
            settings.databasePassword(),
            null,
            file.resolve("server.jwks"),
            null);
    CannotStart refused = refused(unwritable);
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.sentence()).startsWith("keys_file " + file);
  }

  private static CannotStart refused(ServerSettings settings) {
    CannotStart refused =
        catchThrowableOfType(CannotStart.class, () -> Server.start(settings, SHORT).close());
    assertThat(refused).isNotNull();
    return refused;
  }

  private static ServerSettings with(
      ServerSettings settings, ListenAddress address, ListenAddress adminAddress) {
    return new ServerSettings(
        address,
        adminAddress,
        settings.databaseUrl(),
        settings.databaseUser(),
        settings.databasePassword(),
        null,
        settings.keysFile(),
        null);
  }

  private static ServerSettings with(
      ServerSettings settings, String url, @org.jspecify.annotations.Nullable Secret password) {
    return new ServerSettings(
        settings.address(),
        settings.adminAddress(),
        new Secret(url),
        settings.databaseUser(),
        password,
        null,
        settings.keysFile(),
        null);
  }
}
