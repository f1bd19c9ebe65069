package webmon.embedded.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import webmon.folder.FolderLock;

/**
 * A PostgreSQL for tests and benchmarks: without fsync, in a temporary folder that is deleted when
 * it is closed, or by the next one if the process was killed. The programs are unpacked once a
 * machine. Safe for any thread.
 */
public final class TestPostgres implements AutoCloseable {
  private static final String RUN = "run-";

  private final Path folder;
  private final FolderLock lock;
  private final EmbeddedPostgres postgres;
  private final AtomicBoolean closed = new AtomicBoolean();

  private TestPostgres(Path folder, FolderLock lock, EmbeddedPostgres postgres) {
    this.folder = folder;
    this.lock = lock;
    this.postgres = postgres;
  }

  /** A database of one test class, with the role that owns it. */
  public record Database(String jdbcUrl, String user, String password) {}

  /** The one that all tests of this process share; it ends with the process. Never close it. */
  public static TestPostgres shared() {
    return Shared.INSTANCE;
  }

  /** One of its own, for a test that stops it; whoever starts it closes it. */
  public static TestPostgres start() throws IOException, InterruptedException {
    Path home = home();
    sweep(home);
    Path folder = Folders.makePassable(home.resolve(RUN + UUID.randomUUID()));
    if (!(FolderLock.take(folder) instanceof FolderLock.Held(FolderLock lock))) {
      throw new IOException("A new folder is locked: " + folder);
    }
    return new TestPostgres(
        folder,
        lock,
        EmbeddedPostgres.start(folder, Starter.Surroundings.ofTests(home), line -> {}));
  }

  /** A new, empty database with a name of its own. */
  public Database newDatabase() {
    return createDatabase("test_" + UUID.randomUUID().toString().replace('-', '_'));
  }

  public Database createDatabase(String name) {
    try (Connection connection =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + statement.enquoteIdentifier(name, true));
    } catch (SQLException e) {
      throw new IllegalStateException("The database " + name + " cannot be made", e);
    }
    return new Database(postgres.jdbcUrl(name), postgres.user(), postgres.password());
  }

  Path folder() {
    return folder;
  }

  public EmbeddedPostgres postgres() {
    return postgres;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      postgres.close();
      try {
        Folders.delete(folder);
        lock.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Stops it while the process ends. Every database is a thousand files: they are deleted by a
   * process that outlives this one, or by the next run.
   */
  private void leave() {
    if (closed.compareAndSet(false, true)) {
      postgres.close();
      try {
        new ProcessBuilder("rm", "-rf", folder.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
      } catch (IOException noSuchProgram) {
        return;
      }
    }
  }

  /** A folder of this user below the temporary one; nobody else may have prepared it. */
  static Path home() throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir")).toRealPath();
    Path own = Files.createTempFile(temporary, "webmon", "");
    long user = Folders.owner(own);
    Files.delete(own);
    Path home = Folders.makePassable(temporary.resolve("webmon-postgres-" + user));
    if (Files.isSymbolicLink(home) || Folders.owner(home) != user) {
      throw new IOException(home + " belongs to somebody else: delete it.");
    }
    return home;
  }

  /** Stops and deletes what killed processes have left. */
  private static void sweep(Path home) throws IOException, InterruptedException {
    List<Path> runs;
    try (Stream<Path> entries = Files.list(home)) {
      runs = entries.filter(entry -> entry.getFileName().toString().startsWith(RUN)).toList();
    }
    for (Path run : runs) {
      if (Files.exists(run.resolve("lock"))
          && FolderLock.take(run) instanceof FolderLock.Held(FolderLock lock)) {
        try (lock) {
          if (new Postmaster(new Place(run.resolve("postgres")), Machine::pause).stop()) {
            Folders.tryDelete(run);
          }
        }
      }
    }
  }

  /** Made at its first use, by the rules of class initialisation. */
  private static final class Shared {
    private static final TestPostgres INSTANCE = make();

    private static TestPostgres make() {
      try {
        TestPostgres made = start();
        Runtime.getRuntime()
            .addShutdownHook(Thread.ofPlatform().name("test database").unstarted(made::leave));
        return made;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
