package webmon.standalone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import webmon.configuration.ServerSettings;

/**
 * {@code server.toml} beside the data of {@code up}: what the commands of {@code webmon server}
 * need to reach its database while it runs.
 */
final class ServerFile {
  static final String NAME = "server.toml";

  private ServerFile() {}

  static void write(Path folder, ServerSettings settings) throws IOException {
    String text =
        "# Written at each start of `webmon up`, for `webmon server … -c "
            + folder.resolve(NAME)
            + "`. It holds the database's password.\n[server]\n"
            + line("address", settings.address())
            + line("admin_address", settings.adminAddress())
            + line("database_url", settings.databaseUrl().value())
            + line("database_user", String.valueOf(settings.databaseUser()))
            + line(
                "database_password",
                settings.databasePassword() == null ? "" : settings.databasePassword().value())
            + line("queue_url", String.valueOf(settings.queueUrl()))
            + line("keys_file", settings.keysFile().toAbsolutePath())
            + line("public_url", String.valueOf(settings.publicUrl()));
    Path temporary = folder.resolve(NAME + ".new");
    Files.deleteIfExists(temporary);
    Files.createFile(
        temporary,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(temporary, text.getBytes(StandardCharsets.UTF_8));
    Files.move(temporary, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
  }

  private static String line(String key, Object value) {
    // "$" would begin a substitution.
    String escaped =
        value.toString().replace("\\", "\\\\").replace("\"", "\\\"").replace("${", "$${");
    return key + " = \"" + escaped + "\"\n";
  }
}
