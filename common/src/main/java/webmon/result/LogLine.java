package webmon.result;

import java.time.Instant;

/**
 * One line of the result log. (agent, stream, sequence) is its identity; within a stream sequences
 * start at 1 and have no gaps, whatever the kind of line.
 */
public sealed interface LogLine permits CheckResult, Hello, Rotation {
  Origin origin();

  long sequence();

  /** In whole microseconds. */
  Instant at();
}
