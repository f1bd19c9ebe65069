package webmon.server;

import webmon.configuration.ListenAddress;
import webmon.configuration.ServerSettings;
import webmon.embedded.postgres.TestPostgres;

/** A server for the developer's browser, with sample monitors: {@code LocalServer [PORT]}. */
public final class LocalServer {
  private LocalServer() {}

  public static void main(String[] arguments) throws Exception {
    TestPostgres.Database database = TestPostgres.shared().newDatabase();
    ServerSettings free =
        RunningServer.settings(database.jdbcUrl(), database.user(), database.password());
    int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 8080;
    ServerSettings settings =
        new ServerSettings(
            new ListenAddress("127.0.0.1", port),
            free.adminAddress(),
            free.databaseUrl(),
            free.databaseUser(),
            free.databasePassword(),
            null,
            free.keysFile(),
            null);
    try (Server server = Server.start(settings, Startup.alone())) {
      if (arguments.length < 2) {
        SampleMonitors.insert(database);
      }
      System.out.println(server.createLoginLink());
      System.in.read();
    }
  }
}
