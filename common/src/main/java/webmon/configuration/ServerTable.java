package webmon.configuration;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code [server]}. */
final class ServerTable {
  private static final String ADDRESS_ALLOWED =
      "host:port, as in \"127.0.0.1:8080\" or \"[::1]:8080\"";
  private static final ValueType<ListenAddress> LISTEN =
      new ValueType<>(ADDRESS_ALLOWED, ServerTable::address);
  private static final ValueType<Secret> DATABASE =
      new ValueType<>(
          "a URL that begins with jdbc:postgresql:",
          value -> {
            String text = value.text();
            if (text == null) {
              return null;
            }
            return text.startsWith("jdbc:postgresql:")
                ? new Secret(text)
                : value.<Secret>wrong(
                    "must be a URL that begins with jdbc:postgresql:, as in"
                        + " \"jdbc:postgresql://db/webmon\"");
          });

  static final Key<ListenAddress> ADDRESS =
      Key.of("address", LISTEN, "where dashboard and API are served", "\"0.0.0.0:8080\"")
          .standard("\"0.0.0.0:8080\"");
  static final Key<ListenAddress> ADMIN_ADDRESS =
      Key.of("admin_address", LISTEN, "where metrics are served", "\"127.0.0.1:8081\"")
          .standard("\"127.0.0.1:8081\"");
  static final Key<Secret> DATABASE_URL =
      Key.of("database_url", DATABASE, "the Postgres database", "\"jdbc:postgresql://db/webmon\"")
          .hidden(Privacy.FILLED);
  static final Key<String> DATABASE_USER =
      Key.of("database_user", ValueTypes.FILLED_TEXT, "its user", "\"${WEBMON_DB_USER}\"")
          .otherwise("as database_url says");
  static final Key<Secret> DATABASE_PASSWORD =
      Key.of(
              "database_password",
              ValueTypes.SECRET,
              "the password of that user",
              "\"${file:/run/secrets/db-password}\"")
          .otherwise("as database_url says")
          .hidden(Privacy.WHOLE);
  static final Key<URI> QUEUE_URL =
      Key.of(
              "queue_url",
              PageUrl.ADDRESS,
              "the SQS queue that reports come by",
              "\"https://sqs.eu-north-1.amazonaws.com/123456789012/webmon-reports\"")
          .otherwise("reports come by HTTPS only");
  static final Key<Path> KEYS_FILE =
      Key.of(
          "keys_file",
          ValueTypes.PATH,
          "private signing and encryption keys, as a JWK set that only the server may read",
          "\"/run/secrets/server.jwks\"");
  static final Key<URI> PUBLIC_URL =
      Key.of(
          "public_url",
          PageUrl.ADDRESS,
          "how people reach the dashboard",
          "\"https://webmon.example.com\"");

  static final Schema SCHEMA =
      new Schema(
          "server",
          false,
          Section.SERVER,
          "The central server; absent in an agent's file.",
          List.of(
              ADDRESS,
              ADMIN_ADDRESS,
              DATABASE_URL,
              DATABASE_USER,
              DATABASE_PASSWORD,
              QUEUE_URL,
              KEYS_FILE,
              PUBLIC_URL));

  private ServerTable() {}

  /** Null after a problem was told. */
  static @Nullable ServerSettings read(Table table) {
    ListenAddress address = table.getOrStandard(ADDRESS);
    ListenAddress admin = table.getOrStandard(ADMIN_ADDRESS);
    Secret database = table.require(DATABASE_URL, "");
    String user = table.get(DATABASE_USER);
    Secret password = table.get(DATABASE_PASSWORD);
    URI queue = table.get(QUEUE_URL);
    Path keys = table.require(KEYS_FILE, "");
    URI publicUrl = table.get(PUBLIC_URL);
    if (address.equals(admin) && address.port() != 0) {
      table.wrong(ADMIN_ADDRESS, "must differ from address: one port cannot serve both");
    }
    return database == null || keys == null
        ? null
        : new ServerSettings(address, admin, database, user, password, queue, keys, publicUrl);
  }

  private static @Nullable ListenAddress address(Value value) {
    String text = value.text();
    if (text == null) {
      return null;
    }
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    String port = text.substring(colon + 1);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.contains(":")) {
      host = "";
    }
    return host.isBlank() || !(port.equals("0") || PageUrl.isPort(port))
        ? value.wrong("must be " + ADDRESS_ALLOWED)
        : new ListenAddress(host, Integer.parseInt(port));
  }
}
