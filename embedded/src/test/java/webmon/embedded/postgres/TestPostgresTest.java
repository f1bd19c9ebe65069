package webmon.embedded.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import webmon.folder.ForkedJvm;

final class TestPostgresTest {
  @Test
  void givesEachTestADatabaseOfItsOwn() throws SQLException {
    TestPostgres.Database one = TestPostgres.shared().newDatabase();
    TestPostgres.Database other = TestPostgres.shared().newDatabase();
    Queries.run(one.jdbcUrl(), one.password(), "CREATE TABLE page (id int)");
    Queries.run(other.jdbcUrl(), other.password(), "CREATE TABLE page (name text)");
    assertThat(Queries.value(one.jdbcUrl(), one.password(), "SELECT count(id) FROM page"))
        .isEqualTo("0");
    assertThatThrownBy(() -> TestPostgres.shared().createDatabase("webmon"))
        .hasMessageContaining("webmon");
  }

  @Test
  void deletesItsFolderAndTheFolderOfOneThatWasKilled() throws Exception {
    List<Path> before = runs();
    try (ForkedJvm killed = ForkedJvm.run(TestPostgresHolder.class)) {
      killed.await("ready");
    }
    List<Path> left = runs();
    left.removeAll(before);
    assertThat(left).hasSize(1);
    Place place = new Place(left.getFirst().resolve("postgres"));
    assertThat(new Postmaster(place, Machine::pause).running()).isPresent();

    try (TestPostgres next = TestPostgres.start()) {
      assertThat(Queries.value(next.postgres(), "SHOW fsync")).isEqualTo("off");
      assertThat(left.getFirst()).doesNotExist();
    }
    List<Path> after = runs();
    after.removeAll(before);
    assertThat(after).isEmpty();
  }

  private static List<Path> runs() throws IOException {
    try (Stream<Path> entries = Files.list(TestPostgres.home())) {
      return new ArrayList<>(
          entries.filter(path -> path.getFileName().toString().startsWith("run-")).toList());
    }
  }
}
