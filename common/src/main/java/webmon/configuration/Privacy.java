package webmon.configuration;

/** Which part of a key's value must not be shown to people. */
enum Privacy {
  /** Nothing: it is shown and travels as it is. */
  OPEN,
  /** Whatever came into it by {@code ${…}}. */
  FILLED,
  /** All of it, however it was written. */
  WHOLE
}
