package webmon.server.ingest;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import webmon.report.Acknowledgement.Range;
import webmon.report.Refusal;
import webmon.result.CheckResult;
import webmon.server.agents.AgentRegistry;
import webmon.server.agents.SequenceRanges;
import webmon.server.monitors.DeclaredPart;

/**
 * A report whose every line was looked at.
 *
 * @param results to be stored, in the order of their sequences
 * @param outOfTime results too old or too far ahead, with the line as it came
 * @param refused what will never be stored
 */
record Decoded(
    Opened opened,
    Transport transport,
    Instant receivedAt,
    List<CheckResult> results,
    List<OutOfTime> outOfTime,
    List<DeclaredPart> hellos,
    List<AgentRegistry.KeyChange> rotations,
    List<Refused> refused) {

  record OutOfTime(CheckResult result, String line) {}

  record Refused(long first, long last, Refusal reason, String detail) {
    private static final int MOST_CHARACTERS = 500;

    Refused {
      // What a line says may be in it: nothing that PostgreSQL would not take.
      String printable = detail.replaceAll("\\p{Cntrl}", "?");
      detail = printable.substring(0, Math.min(printable.length(), MOST_CHARACTERS));
    }

    Range range() {
      return new Range(first, last);
    }
  }

  Decoded {
    results = List.copyOf(results);
    outOfTime = List.copyOf(outOfTime);
    hellos = List.copyOf(hellos);
    rotations = List.copyOf(rotations);
    refused = List.copyOf(refused);
  }

  /** Nothing of it can be stored. */
  static Decoded refusedWholly(
      Opened opened, Transport transport, Instant receivedAt, Refusal reason, String detail) {
    return new Decoded(
        opened,
        transport,
        receivedAt,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(new Refused(opened.header().first(), opened.header().last(), reason, detail)));
  }

  /** The same, with more that will never be stored. */
  Decoded refusing(List<Refused> more) {
    return new Decoded(
        opened,
        transport,
        receivedAt,
        results,
        outOfTime,
        hellos,
        rotations,
        Stream.concat(refused.stream(), more.stream()).toList());
  }

  /** Whether nothing of it counts, since its key may not sign it. */
  boolean isRevoked() {
    return refused.size() == 1
        && refused.getFirst().reason() == Refusal.REVOKED_KEY
        && refused.getFirst().first() == opened.header().first()
        && refused.getFirst().last() == opened.header().last();
  }

  SequenceRanges refusedSequences() {
    SequenceRanges sequences = SequenceRanges.NONE;
    for (Refused range : refused) {
      sequences = sequences.plus(range.first(), range.last());
    }
    return sequences;
  }
}
