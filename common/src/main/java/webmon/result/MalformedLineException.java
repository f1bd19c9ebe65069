package webmon.result;

/** A line of a result log that cannot be read; the message says why, for people. */
public final class MalformedLineException extends Exception {
  private static final long serialVersionUID = 1L;

  public MalformedLineException(String message) {
    super(message);
  }
}
