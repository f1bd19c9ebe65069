package webmon.acceptance.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code webmon up} in a folder of its own: the whole system in one process, which can be stopped,
 * killed and started again on the same data.
 */
public final class Installation implements AutoCloseable {
  private static final Duration STARTING = Duration.ofSeconds(60);
  private static final String STARTED = "Ctrl-C stops";

  private final Path folder;
  private final int port;
  private int starts;
  private @Nullable JarProcess process;
  private @Nullable Api api;

  public Installation(Path folder) {
    this(folder, Site.freePort());
  }

  public Installation(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  public Path folder() {
    return folder;
  }

  public int port() {
    return port;
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Writes its {@code config.toml}. */
  public Installation configure(String toml) {
    Workplace.write(folder.resolve("config.toml"), toml);
    return this;
  }

  /** Starts it and waits until it says that it runs. */
  public Installation start() {
    JarProcess starting = begin();
    starting.await(STARTED, STARTING);
    return this;
  }

  /** Starts it and does not wait. */
  public JarProcess begin() {
    starts++;
    JarProcess starting =
        JarProcess.start(
            folder,
            "up-" + starts,
            new ArrayList<>(List.of("up", "--port", Integer.toString(port), "-c", "config.toml")));
    process = starting;
    return starting;
  }

  /** Waits until the process that was begun says that it runs. */
  public Installation awaitStarted() {
    process().await(STARTED, STARTING);
    return this;
  }

  public JarProcess process() {
    if (process == null) {
      throw new AssertionError("the installation was not started");
    }
    return process;
  }

  /** The link that logs a browser in once. */
  public URI loginLink() {
    return URI.create(process().await("(http\\S+/login\\S+)", STARTING).group(1));
  }

  /** With a key made by the command that its output names. */
  public Api api() {
    if (api == null) {
      JarProcess.Ended ended =
          JarProcess.run(
              folder,
              "",
              "server",
              "keys",
              "create",
              "--name",
              "acceptance",
              "--scope",
              "admin,read,ingest",
              "-c",
              ".webmon/server.toml");
      api = new Api(address(), Text.apiKey(ended.out()));
    }
    return api;
  }

  public Database database() {
    return Database.of(folder.resolve(".webmon/server.toml"));
  }

  public Path dataDir() {
    return folder.resolve(".webmon/agent");
  }

  public LogFile log() {
    return new LogFile(dataDir());
  }

  /** The id that its agent gave itself. */
  public String agent() {
    return log().lines().getFirst().at("/agent/id").asText();
  }

  /** Stops it as Ctrl-C does. */
  public int stop() {
    // A program that was started in the background of a script ignores Ctrl-C, and so do its own.
    process().signal(ignoresCtrlC() ? "TERM" : "INT");
    return process().awaitExit(Duration.ofSeconds(20));
  }

  private static boolean ignoresCtrlC() {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("SigIgn:"))
          .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
          .anyMatch(mask -> (mask & 0b10) != 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code kill -9} of the process; its PostgreSQL lives on. */
  public void kill() {
    process().kill();
  }

  @Override
  public void close() {
    if (process == null) {
      return;
    }
    if (!process.isAlive()
        && Files.exists(folder.resolve(".webmon/postgres/data/postmaster.pid"))) {
      // Only a new start stops the PostgreSQL that a killed one left behind.
      start();
    }
    process.close();
  }
}
