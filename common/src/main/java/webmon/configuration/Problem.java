package webmon.configuration;

/**
 * Something in a configuration file that cannot stand (an error), or that has no effect yet (a
 * warning).
 *
 * @param line from 1; 0 where the file as a whole is meant
 * @param column from 1; 0 where the file as a whole is meant
 * @param key with its table, for instance {@code web_page.interval}; empty where no key is meant
 * @param sentence what is wrong and what is allowed
 */
public record Problem(
    Severity severity, String file, int line, int column, String key, String sentence) {

  /** Whether the file can be used in spite of it. */
  public enum Severity {
    ERROR,
    WARNING;

    /** In lower case. */
    public String word() {
      return this == ERROR ? "error" : "warning";
    }
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** One line, which editors and terminals can jump to: {@code file:line:column: error: …}. */
  @Override
  public String toString() {
    return file
        + (line > 0 ? ":" + line + ":" + column : "")
        + ": "
        + severity.word()
        + ": "
        + (key.isEmpty() ? "" : key + ": ")
        + sentence;
  }
}
