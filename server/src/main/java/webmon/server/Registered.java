package webmon.server;

/** What came of registering an agent. */
public sealed interface Registered {

  /** It is registered, now or since before, and this is what it has to be told. */
  record Welcome(AgentBlock block) implements Registered {}

  /**
   * It is not.
   *
   * @param sentence why, and what to do
   */
  record Declined(String sentence) implements Registered {}
}
