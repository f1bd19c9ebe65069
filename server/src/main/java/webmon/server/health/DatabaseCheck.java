package webmon.server.health;

import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Whether the database answers, with the schema that this version needs. */
public final class DatabaseCheck implements Readiness.Check {
  private final Jdbi jdbi;

  public DatabaseCheck(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Optional<String> trouble() {
    try {
      int rows =
          jdbi.withHandle(handle ->
              handle.createQuery("select count(*) from deployment").mapTo(Integer.class).one());
      return rows == 1
          ? Optional.empty()
          : Optional.of("The database does not say which deployment it is.");
    } catch (RuntimeException e) {
      // Details may name hosts and users, and everybody may ask: the log has them.
      return Optional.of("The database does not answer.");
    }
  }
}
