package webmon.acceptance.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** The server's database, looked at from outside: by SQL, not by the server's code. */
public final class Database {
  private final String url;
  private final String user;
  private final String password;

  public Database(String url, String user, String password) {
    this.url = url;
    this.user = user;
    this.password = password;
  }

  /** The one that a server with this configuration file uses. */
  public static Database of(Path serverFile) {
    try {
      String text = Files.readString(serverFile);
      return new Database(
          value(text, "database_url"),
          value(text, "database_user"),
          value(text, "database_password"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String value(String toml, String key) {
    Matcher matcher = Pattern.compile(key + " = \"(.*)\"").matcher(toml);
    if (!matcher.find()) {
      throw new AssertionError("no " + key + " in " + toml);
    }
    return matcher.group(1);
  }

  public Connection connect() {
    try {
      return DriverManager.getConnection(url, user, password);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Every line of the agent's reports, as the stored evidence has it; forks included. */
  public Set<Line> evidence(String agent) {
    String sql =
        """
        select s.stream, r.first, e.jws
        from report_evidence e join report r using (report_id) join stream s using (stream_id)
          join agent a using (agent_id)
        where r.kind = 'lines' and a.name = '%s'
        """
            .formatted(agent);
    Set<Line> lines = new HashSet<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        List<byte[]> payload = payload(rows.getString(3));
        for (int i = 1; i < payload.size(); i++) {
          lines.add(Line.of(rows.getString(1), rows.getLong(2) + i - 1, payload.get(i)));
        }
      }
      return lines;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** The signed reports of an agent, as the evidence has them. */
  public List<String> reports(String agent) {
    return texts(
        """
        select e.jws from report_evidence e join report r using (report_id)
          join stream s using (stream_id) join agent a using (agent_id) where a.name = '%s'
        """
            .formatted(agent));
  }

  /** The lines that a report signs, the header first. */
  private static List<byte[]> payload(String jws) {
    byte[] gzip = Base64.getUrlDecoder().decode(jws.split("\\.")[1]);
    try (var in = new GZIPInputStream(new java.io.ByteArrayInputStream(gzip))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().map(line -> line.getBytes(StandardCharsets.UTF_8)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sequences of results of the agent that are there more than once; there should be none. */
  public List<String> countedTwice(String agent) {
    return texts(
        """
        select s.stream || '/' || s.fork_no || '/' || c.sequence
        from check_result c join stream s using (stream_id) join agent a using (agent_id)
        where a.name = '%s' group by s.stream, s.fork_no, c.sequence having count(*) > 1
        """
            .formatted(agent));
  }

  /** How many results of the agent are stored. */
  public long results(String agent) {
    return number(
        """
        select count(*) from check_result c join stream s using (stream_id)
          join agent a using (agent_id) where a.name = '%s'
        """
            .formatted(agent));
  }

  /** How often something came that was not authentic, by reason. */
  public long rejected(String reason) {
    return number(
        "select coalesce(sum(count), 0) from rejected_report where reason = '" + reason + "'");
  }

  /** What two copies of one {@code data_dir} leave. */
  public long forks(String agent) {
    return number(
        "select count(*) from stream s join agent a using (agent_id) where fork_no > 0 and a.name = '"
            + agent
            + "'");
  }

  public long number(String sql) {
    return Long.parseLong(texts(sql).getFirst());
  }

  /** The first column. */
  public List<String> texts(String sql) {
    List<String> texts = new ArrayList<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }
}
