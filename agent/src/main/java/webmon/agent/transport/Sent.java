package webmon.agent.transport;

import org.jspecify.annotations.Nullable;

/** What came of sending a report, or of asking for an acknowledgement. */
public sealed interface Sent {

  /** It is on its way: somebody else keeps it now, but the server has not spoken. */
  record Accepted() implements Sent {}

  /**
   * Somebody answered as the server would. Nothing is proved until the signature is verified.
   *
   * @param jws the body of the answer
   */
  record Acknowledged(String jws) implements Sent {}

  /**
   * It did not work.
   *
   * @param passing whether the way is what failed, so that anything else would fail too and this
   *     may work later; else it is this one report that this way does not take
   * @param sentence what happened, for people, without secrets
   */
  record Failed(boolean passing, String sentence, @Nullable Throwable cause) implements Sent {}
}
