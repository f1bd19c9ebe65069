package webmon.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;
import webmon.embedded.postgres.TestPostgres;

/**
 * A real PostgreSQL for tests: in a container where Docker answers, else the embedded one; one for
 * all tests of the process. Each call of {@link #fresh} gives an empty database with the schema.
 */
public final class TestDatabase {
  private static final String TEMPLATE = "webmon_template";

  private final String name;
  private final PGSimpleDataSource source;
  private final Jdbi jdbi;

  private TestDatabase(String name) {
    this.name = name;
    this.source = Place.INSTANCE.source(name);
    this.jdbi = Jdbi.create(source);
  }

  public static TestDatabase fresh() {
    String name = "test_" + UUID.randomUUID().toString().replace('-', '_');
    Place.INSTANCE.execute("create database " + name + " template " + TEMPLATE);
    return new TestDatabase(name);
  }

  public Jdbi jdbi() {
    return jdbi;
  }

  /** Without a pool: each connection is a new one. */
  public PGSimpleDataSource source() {
    return source;
  }

  public String url() {
    return source.getUrl();
  }

  public String user() {
    return String.valueOf(source.getUser());
  }

  public String password() {
    return String.valueOf(source.getPassword());
  }

  /** The first number of a query. */
  public long number(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }

  /** Lets nobody in, and throws out who is there: as if the server had gone. */
  public void goAway() {
    Place.INSTANCE.execute("alter database " + name + " allow_connections false");
    Place.INSTANCE.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
  }

  public void comeBack() {
    Place.INSTANCE.execute("alter database " + name + " allow_connections true");
  }

  /** Where the databases are. */
  private record Place(String url, String user, String password) {
    private static final Place INSTANCE = find();

    private static Place find() {
      Place place = container();
      place.execute("drop database if exists " + TEMPLATE);
      place.execute("create database " + TEMPLATE);
      Flyway.configure().dataSource(place.source(TEMPLATE)).load().migrate();
      return place;
    }

    // The container lives as long as the process; Testcontainers removes it.
    @SuppressWarnings({"resource", "CatchAndPrintStackTrace"})
    private static Place container() {
      if (DockerClientFactory.instance().isDockerAvailable()) {
        try {
          PostgreSQLContainer container = new PostgreSQLContainer("postgres:17");
          container.start();
          System.out.println("Database of the tests: PostgreSQL in a container");
          return new Place(
              container.getJdbcUrl(), container.getUsername(), container.getPassword());
        } catch (RuntimeException e) {
          System.out.println("Docker answers, but starts no PostgreSQL: " + e.getMessage());
        }
      }
      System.out.println("Database of the tests: embedded PostgreSQL");
      TestPostgres.Database own = TestPostgres.shared().newDatabase();
      return new Place(own.jdbcUrl(), own.user(), own.password());
    }

    PGSimpleDataSource source(String database) {
      PGSimpleDataSource source = new PGSimpleDataSource();
      source.setUrl(url.replaceFirst("/[^/?]*(\\?.*)?$", "/" + database));
      source.setUser(user);
      source.setPassword(password);
      return source;
    }

    void execute(String sql) {
      try (Connection connection = DriverManager.getConnection(url, user, password);
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      } catch (SQLException e) {
        throw new IllegalStateException(sql, e);
      }
    }
  }
}
