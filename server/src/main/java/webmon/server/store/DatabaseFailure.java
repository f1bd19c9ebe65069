package webmon.server.store;

import java.sql.SQLException;
import org.jdbi.v3.core.ConnectionException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What a failed statement says about trying it again. */
public enum DatabaseFailure {
  /** The data itself (SQLSTATE classes 22, 23 and 54): it will fail again. */
  DATA,
  /** Another transaction was in the way (class 40): again, at once. */
  CONFLICT,
  /** A partition has gone: again, after it was made. */
  PARTITION,
  /** The database does not answer, lets nobody in or refuses work (also a read-only one): later. */
  AWAY,
  /**
   * Anything else, for instance a schema that is not ours or a statement that takes too long:
   * later, and somebody has to look.
   */
  OTHER;

  private static final String STATEMENT_TIMEOUT = "57014";
  private static final String LOCK_TIMEOUT = "55P03";

  public static DatabaseFailure of(Throwable thrown) {
    SQLException cause = sqlException(thrown);
    if (thrown instanceof ConnectionException) {
      return AWAY;
    }
    if (cause == null) {
      return OTHER;
    }
    String state = cause.getSQLState();
    if (state == null || state.length() != 5) {
      // Pools throw without a state when they cannot get a connection.
      return AWAY;
    }
    if (state.equals(STATEMENT_TIMEOUT) || state.equals(LOCK_TIMEOUT)) {
      // The database does answer: what is too slow in company may pass alone.
      return OTHER;
    }
    return switch (state.substring(0, 2)) {
      case "22", "54" -> DATA;
      case "23" -> isMissingPartition(cause) ? PARTITION : DATA;
      case "40" -> CONFLICT;
      case "08", "25", "53", "55", "57", "58" -> AWAY;
      default -> OTHER;
    };
  }

  private static @Nullable SQLException sqlException(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException found) {
        return found;
      }
    }
    return null;
  }

  /** "No partition of relation found for row" is a check violation without a constraint. */
  private static boolean isMissingPartition(SQLException cause) {
    if (!"23514".equals(cause.getSQLState()) || !(cause instanceof PSQLException postgres)) {
      return false;
    }
    ServerErrorMessage message = postgres.getServerErrorMessage();
    return message != null && message.getConstraint() == null;
  }
}
