package webmon.embedded.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import webmon.folder.ForkedJvm;

/**
 * Root where no user namespace can be made, for real: in a namespace made by the test, in which
 * there may be no further one. The other ways are those of {@link EmbeddedPostgresTest}, run as
 * root or not.
 */
@EnabledIf(
    value = "mayMakeNamespaces",
    disabledReason = "only root who may make user namespaces can forbid them to a child")
final class WaysTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  // JUnit's folder is closed to others, like a home.
  @TempDir private Path closed;
  private Path open = Path.of("");

  static boolean mayMakeNamespaces() throws IOException, InterruptedException {
    return RealGround.ask().uid() == 0
        && Command.run(List.of("unshare", "-U", "true"), LIMIT).good();
  }

  @BeforeEach
  void makeAnOpenFolder() throws IOException {
    open = Files.createTempDirectory("webmon-ways").toRealPath();
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @AfterEach
  void deleteIt() throws IOException {
    Folders.delete(open);
  }

  @Test
  void withoutNamespacesAClosedFolderHasItsDatabaseElsewhere() throws Exception {
    Path folder = closed.resolve("folder");
    for (int start = 1; start <= 2; start++) {
      try (ForkedJvm holder = runWithoutNamespaces(folder)) {
        String password = holder.await("password ");
        String url = holder.await("url ");
        Queries.run(url, password, "CREATE TABLE start_%d ()".formatted(start));
        assertThat(Queries.value(url, password, "SELECT count(*) FROM start_1")).isEqualTo("0");
        assertThat(holder.lines().stream().filter(line -> line.contains("cannot reach")))
            .hasSize(start == 1 ? 1 : 0);
      }
    }
    assertThat(folder.resolve("postgres")).isEmptyDirectory();
    stopAllIn(open);
  }

  @Test
  void dataGoesFromOneUserToTheOtherWithTheWay() throws Exception {
    Path folder = open.resolve("folder");
    try (ForkedJvm holder =
        ForkedJvm.run(PostgresHolder.class, folder.toString(), closed.toString())) {
      run(holder, "CREATE TABLE page AS SELECT 1 AS id");
    }
    Place place = new Place(folder.resolve("postgres"));
    assertThat(Folders.owner(place.data())).isZero();
    try (ForkedJvm holder = runWithoutNamespaces(folder)) {
      run(holder, "INSERT INTO page VALUES (2)");
    }
    assertThat(Folders.owner(place.data())).isEqualTo(65534);
    try (ForkedJvm holder =
        ForkedJvm.run(PostgresHolder.class, folder.toString(), closed.toString())) {
      run(holder, "INSERT INTO page VALUES (3)");
    }
    assertThat(Folders.owner(place.data())).isEqualTo(65534);
    stopAllIn(folder);
  }

  private static void run(ForkedJvm holder, String sql) throws IOException, SQLException {
    String password = holder.await("password ");
    Queries.run(holder.await("url "), password, sql);
  }

  private static void stopAllIn(Path folder) throws IOException, InterruptedException {
    List<Path> places = new ArrayList<>();
    try (Stream<Path> entries = Files.list(folder)) {
      entries.filter(Files::isDirectory).forEach(places::add);
    }
    for (Path place : places) {
      assertThat(new Postmaster(new Place(place), Machine::pause).stop()).isTrue();
    }
  }

  private ForkedJvm runWithoutNamespaces(Path folder) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "unshare",
                "-U",
                "sh",
                "-c",
                // The second shell is root in the namespace, which is given its users in between.
                "echo in && read go && exec sh -c 'echo 0 >/proc/sys/user/max_user_namespaces &&"
                    + " exec \"$@\"' sh \"$@\"",
                "sh"));
    command.addAll(ForkedJvm.command(PostgresHolder.class, folder.toString(), open.toString()));
    ForkedJvm holder = ForkedJvm.of(command);
    holder.await("in");
    for (String map : List.of("uid_map", "gid_map")) {
      Files.writeString(Path.of("/proc", Long.toString(holder.pid()), map), "0 0 65536\n");
    }
    holder.say("go");
    return holder;
  }
}
