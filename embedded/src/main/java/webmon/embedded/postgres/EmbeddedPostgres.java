package webmon.embedded.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A real PostgreSQL for one process, on a free port of 127.0.0.1, with its data in a folder that
 * survives. Whoever starts it holds the {@link webmon.folder.FolderLock} of that folder, since a
 * PostgreSQL left there by a killed process is stopped first. Safe for any thread; closing it ends
 * all connections and returns within 5 seconds. If its owner does not, the end of the process does.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final Duration STOPPING = Duration.ofSeconds(4);

  private final Starter.Started started;
  private final EndOfProcess end;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedPostgres(Starter.Started started, EndOfProcess end) {
    this.started = started;
    this.end = end;
  }

  /** Starts it with its data below {@code folder}, and says in sentences what takes time. */
  public static EmbeddedPostgres start(Path folder, Consumer<String> progress)
      throws PostgresUnavailable, InterruptedException {
    return start(folder, Starter.Surroundings.real(), progress);
  }

  static EmbeddedPostgres start(
      Path folder, Starter.Surroundings surroundings, Consumer<String> progress)
      throws PostgresUnavailable, InterruptedException {
    EndOfProcess end = new EndOfProcess();
    end.watch();
    boolean running = false;
    try {
      EmbeddedPostgres postgres =
          new EmbeddedPostgres(new Starter(surroundings, progress).start(folder), end);
      end.started(postgres);
      running = true;
      return postgres;
    } finally {
      if (!running) {
        end.over();
      }
    }
  }

  /** Of the database {@code webmon}. */
  public String jdbcUrl() {
    return jdbcUrl(Starter.NAME);
  }

  /** Of another database in it. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
  }

  /** An ordinary role, which owns the database {@code webmon} and may make further ones. */
  public String user() {
    return Starter.NAME;
  }

  public String password() {
    return started.password();
  }

  public int port() {
    return started.port();
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    // An interrupted thread must not leave a database behind.
    boolean interrupted = Thread.interrupted();
    try {
      if (!started.cluster().stop(STOPPING) && started.postmaster().running().isPresent()) {
        throw new IllegalStateException("PostgreSQL does not stop");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      end.over();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
