package webmon.report;

/**
 * How much a reader takes before it says no.
 *
 * @param sealedBytes of what arrives
 * @param unfoldedBytes of the payload once gunzipped
 * @param lines of a report
 */
public record Limits(int sealedBytes, int unfoldedBytes, int lines) {
  /** What servers take; agents close far below (docs/wire.md). */
  public static final Limits SERVER = new Limits(256 * 1024, 4 * 1024 * 1024, 5_000);

  /** Agents close a batch at this size sealed: SQS bills by 64 KiB. */
  public static final int AGENT_SEALED_BYTES = 60 * 1024;
}
