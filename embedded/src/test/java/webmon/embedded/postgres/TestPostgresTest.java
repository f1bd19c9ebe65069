package webmon.embedded.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
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
    Path left;
    try (ForkedJvm killed = ForkedJvm.run(TestPostgresHolder.class)) {
      left = Path.of(killed.await("ready ").strip());
    }
    Place place = new Place(left.resolve("postgres"));
    assertThat(new Postmaster(place, Machine::pause).running()).isPresent();

    Path own;
    try (TestPostgres next = TestPostgres.start()) {
      own = next.folder();
      assertThat(Queries.value(next.postgres(), "SHOW fsync")).isEqualTo("off");
      assertThat(left).doesNotExist();
      assertThat(own).exists();
    }
    assertThat(own).doesNotExist();
  }
}
