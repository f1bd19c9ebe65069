package webmon.embedded.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** One statement over a connection of its own. */
final class Queries {
  private Queries() {}

  static void run(EmbeddedPostgres postgres, String sql) throws SQLException {
    run(postgres.jdbcUrl(), postgres.password(), sql);
  }

  static void run(String url, String password, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, "webmon", password);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static String value(EmbeddedPostgres postgres, String sql) throws SQLException {
    return value(postgres.jdbcUrl(), postgres.password(), sql);
  }

  static String value(String url, String password, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, "webmon", password);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    }
  }
}
