package webmon.command;

/** What a command's exit code says; the same for all of them. */
public enum ExitCode {
  GOOD(0),
  /** The answer is "no": a page is down, evidence does not verify. */
  NO(1),
  /** Used or configured wrongly. */
  WRONG_USE(2),
  /** A fault of ours or of the machine. */
  FAULT(3);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
