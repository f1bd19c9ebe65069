package webmon.configuration;

/** A value that never shows itself in logs, messages or dumps of a record: ask for it by name. */
public record Secret(String value) {

  @Override
  public String toString() {
    return "[redacted]";
  }
}
