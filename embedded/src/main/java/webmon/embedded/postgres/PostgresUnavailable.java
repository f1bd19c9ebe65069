package webmon.embedded.postgres;

import java.io.IOException;

/**
 * PostgreSQL cannot run here. The message is one sentence for the person at the terminal, and says
 * what to do.
 */
public final class PostgresUnavailable extends IOException {
  PostgresUnavailable(String sentence) {
    super(sentence);
  }

  PostgresUnavailable(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
