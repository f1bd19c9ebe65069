package webmon.server.ingest;

import webmon.report.Rejection;
import webmon.server.agents.StreamName;

/** How it ended with something that was delivered. */
public sealed interface Outcome {

  /**
   * Committed: the report is stored, was stored before, or is refused, wholly or in part. What of
   * it, the stream's acknowledgement says.
   *
   * @param agent the agent's id
   * @param streamRow the row of {@code stream} that holds it
   * @param duplicate it was held already
   * @param refusedSequences how many of its sequences are refused
   */
  record Taken(
      String agent, StreamName stream, int streamRow, boolean duplicate, long refusedSequences)
      implements Outcome {}

  /** Not authentic; noted, and never to come back. */
  record Rejected(Rejection reason, String detail) implements Outcome {}

  /** Neither: it has to be delivered again. */
  record Deferred(Cause cause, String sentence) implements Outcome {}

  /** Why something has to be delivered again. */
  enum Cause {
    /** The database does not take anything at present. */
    STORE_AWAY,
    /** A newer agent's report, to be read once this server is newer too. */
    NEWER_VERSION,
    /** A fault of ours; the log has it. */
    FAULT
  }
}
