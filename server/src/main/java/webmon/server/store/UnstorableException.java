package webmon.server.store;

/** Data that must not reach the database; the message says why, for people. */
public final class UnstorableException extends Exception {
  private static final long serialVersionUID = 1L;

  public UnstorableException(String message) {
    super(message);
  }
}
