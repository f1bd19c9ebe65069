package webmon.server;

import com.codahale.metrics.MetricRegistry;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.db.ManagedDataSource;
import io.dropwizard.util.Duration;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import webmon.configuration.Secret;
import webmon.configuration.ServerSettings;

/** The pool of connections and the schema. Whoever opens it closes it. Safe for many threads. */
final class Database implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final int MOST_CONNECTIONS = 16;
  private static final long RETRY_MS = 500;

  private final ManagedDataSource pool;
  private final Jdbi jdbi;
  private final Flyway flyway;

  private Database(ManagedDataSource pool) {
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
    this.flyway =
        Flyway.configure()
            .dataSource(pool)
            .locations("classpath:db/migration")
            .failOnMissingLocations(true)
            .cleanDisabled(true)
            .load();
  }

  /**
   * Opens the pool once the database answers, which is waited for.
   *
   * @throws CannotStart if it does not answer in time, or says that it never will
   */
  static Database open(
      ServerSettings settings, MetricRegistry metrics, java.time.Duration wait, InstantSource clock)
      throws CannotStart {
    ManagedDataSource pool = pool(settings, metrics);
    Database database = new Database(pool);
    try {
      pool.start();
      database.awaitAnswer(settings, clock.instant().plus(wait), clock);
      return database;
    } catch (CannotStart | RuntimeException e) {
      database.close();
      throw e;
    } catch (Exception e) {
      database.close();
      throw CannotStart.missing("The pool of database connections cannot start.", e);
    }
  }

  Jdbi jdbi() {
    return jdbi;
  }

  /**
   * Brings the schema to this version; several servers may do so at once.
   *
   * @return the version that it has now
   */
  String migrate() throws CannotStart {
    try {
      flyway.migrate();
      return version();
    } catch (FlywayException e) {
      throw CannotStart.missing(
          "The database's schema cannot be brought up to date: " + firstSentence(e), e);
    }
  }

  /** The version of the schema, or empty if there is none. */
  String version() {
    MigrationInfo current = flyway.info().current();
    return current == null || current.getVersion() == null ? "" : current.getVersion().toString();
  }

  @Override
  public void close() {
    try {
      pool.stop();
    } catch (Exception e) {
      LOG.warn("The connections to the database could not be closed", e);
    }
  }

  private void awaitAnswer(ServerSettings settings, java.time.Instant deadline, InstantSource clock)
      throws CannotStart {
    boolean told = false;
    while (true) {
      SQLException refusal = tryOnce();
      if (refusal == null) {
        return;
      }
      if (isFinal(refusal)) {
        throw CannotStart.configuredWrongly(
            "The database %s refuses us: %s. Check database_url, user and password."
                .formatted(place(settings), firstSentence(refusal)),
            refusal);
      }
      if (!clock.instant().isBefore(deadline)) {
        throw CannotStart.missing(
            "The database %s does not answer: %s. Start it, or correct database_url."
                .formatted(place(settings), firstSentence(refusal)),
            refusal);
      }
      if (!told) {
        LOG.warn("Waiting for the database {}: {}", place(settings), firstSentence(refusal));
        told = true;
      }
      pause();
    }
  }

  private @Nullable SQLException tryOnce() {
    try (Connection connection = pool.getConnection()) {
      return connection.isValid(5) ? null : new SQLException("the connection is not valid");
    } catch (SQLException e) {
      return e;
    }
  }

  private static void pause() throws CannotStart {
    try {
      if (new CountDownLatch(1).await(RETRY_MS, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("nobody counts this latch down");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CannotStart.missing("The start was interrupted.", e);
    }
  }

  /** SQLSTATE 28 (credentials) and 3D (no such database) do not pass by waiting. */
  private static boolean isFinal(SQLException e) {
    String state = e.getSQLState();
    return state != null && (state.startsWith("28") || state.startsWith("3D"));
  }

  private static ManagedDataSource pool(ServerSettings settings, MetricRegistry metrics) {
    DataSourceFactory factory = new DataSourceFactory();
    factory.setDriverClass("org.postgresql.Driver");
    factory.setUrl(settings.databaseUrl().value());
    String user = settings.databaseUser();
    if (user != null) {
      factory.setUser(user);
    }
    Secret password = settings.databasePassword();
    if (password != null) {
      factory.setPassword(password.value());
    }
    factory.setProperties(
        Map.of(
            "ApplicationName", "webmon-server",
            "connectTimeout", "5",
            "socketTimeout", "60",
            "tcpKeepAlive", "true"));
    factory.setInitialSize(0);
    factory.setMinSize(1);
    factory.setMaxSize(MOST_CONNECTIONS);
    factory.setMaxWaitForConnection(Duration.seconds(5));
    factory.setCheckConnectionOnBorrow(true);
    factory.setValidationQuery("select 1");
    factory.setValidationQueryTimeout(Duration.seconds(3));
    factory.setValidationInterval(Duration.seconds(1));
    factory.setRollbackOnReturn(true);
    factory.setLogValidationErrors(false);
    return factory.build(metrics, "database");
  }

  /** Where it is, without what may be secret in a JDBC URL. */
  private static String place(ServerSettings settings) {
    String url = settings.databaseUrl().value();
    String withoutQuery = url.replaceFirst("\\?.*", "").replaceFirst("//[^/]*@", "//");
    return withoutQuery.startsWith("jdbc:postgresql:")
        ? withoutQuery.substring("jdbc:postgresql:".length())
        : "at database_url";
  }

  /** Drivers say more than one sentence, and of several lines. */
  private static String firstSentence(Throwable e) {
    String message = String.valueOf(e.getMessage()).strip();
    String line = message.lines().findFirst().orElse(message);
    return line.split("\\.( |$)", 2)[0];
  }
}
