package webmon.server.access;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/** What a credential is good for. */
public enum Scope {
  /** Hands in reports and asks for one's own acknowledgement; nothing else. */
  INGEST,
  /** Reads everything that the API shows. */
  READ,
  /** Reads, and changes what can be changed. */
  ADMIN;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** As the database, the API and the command line write it. */
  @JsonValue
  public String word() {
    return word;
  }

  public static Optional<Scope> ofWord(String word) {
    for (Scope scope : values()) {
      if (scope.word.equals(word)) {
        return Optional.of(scope);
      }
    }
    return Optional.empty();
  }
}
