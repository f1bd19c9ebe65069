package webmon.server;

/** Why a server, or a command beside its database, did not start: one sentence for people. */
public final class CannotStart extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean configuredWrongly;

  private CannotStart(boolean configuredWrongly, String sentence, Throwable cause) {
    super(sentence, cause);
    this.configuredWrongly = configuredWrongly;
  }

  /** The configuration or the way it was called has to change. */
  static CannotStart configuredWrongly(String sentence, Throwable cause) {
    return new CannotStart(true, sentence, cause);
  }

  /** Something that this server needs is not there. */
  static CannotStart missing(String sentence, Throwable cause) {
    return new CannotStart(false, sentence, cause);
  }

  /** What is wrong and what to do about it; no secrets. */
  public String sentence() {
    return String.valueOf(getMessage());
  }

  /** 2: used or configured wrongly; 3: a fault of ours or of the machine. */
  public int exitCode() {
    return configuredWrongly ? 2 : 3;
  }
}
