package webmon.agent;

import org.jspecify.annotations.Nullable;

/** An agent could not be started; the message is one sentence for people that says what to do. */
public final class AgentNotStartedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Blame blame;

  /** Whose turn it is. */
  public enum Blame {
    /** It is used or configured wrongly: exit code 2. */
    USE,
    /** The machine does not let it: exit code 3. */
    MACHINE
  }

  public AgentNotStartedException(Blame blame, String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
    this.blame = blame;
  }

  public Blame blame() {
    return blame;
  }

  /** As commands end with it. */
  public int exitCode() {
    return blame == Blame.USE ? 2 : 3;
  }
}
