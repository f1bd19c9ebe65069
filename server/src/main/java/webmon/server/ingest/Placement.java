package webmon.server.ingest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import webmon.report.ReportHeader;
import webmon.server.agents.OpenStream;

/**
 * Chooses the stream row of a report within its family: the row that is no fork and the forks of
 * it. The same report is recognised in any of them; reports of one copy of an agent stay together
 * as far as their {@code previous} tells.
 */
final class Placement {
  private final Map<String, Set<Integer>> rowsByHash = new HashMap<>();

  /** What is decided about a report. */
  sealed interface Place {
    /** It is held already. */
    record Duplicate(OpenStream row) implements Place {}

    /**
     * It goes into a row.
     *
     * @param row null: a new fork
     * @param overlaps a different report for some of its sequences is held
     */
    record Into(@Nullable OpenStream row, boolean overlaps) implements Place {}
  }

  /** Notes that a row holds the report with this hash. */
  void holds(String hash, int row) {
    rowsByHash.computeIfAbsent(hash, any -> new HashSet<>()).add(row);
  }

  /**
   * Where a report goes.
   *
   * @param family the row that is no fork first
   * @param passOver how many rows that would do are passed over, since its results have no place
   *     there
   */
  Place choose(ReportHeader header, String hash, List<OpenStream> family, int passOver) {
    Place.Duplicate held = held(hash, family);
    if (held != null) {
      return held;
    }
    boolean overlaps = false;
    List<OpenStream> candidates = new ArrayList<>();
    for (OpenStream row : family) {
      if (row.isRevoked()) {
        continue;
      }
      // A declared gap is no rival of what it overlaps: some of it may have come through.
      if (header.kind() == ReportHeader.Kind.LINES && row.holds(header.first(), header.last())) {
        overlaps = true;
      } else if (header.previous() != null && rows(header.previous()).contains(row.id())) {
        candidates.addFirst(row);
      } else {
        candidates.addLast(row);
      }
    }
    return passOver < candidates.size()
        ? new Place.Into(candidates.get(passOver), overlaps)
        : new Place.Into(null, true);
  }

  /**
   * Where a report goes that is refused since its key may not sign it: never among what others
   * signed, nor is it their rival.
   *
   * @param own whether the row that is no fork holds reports of this key and of no other
   */
  Place chooseRevoked(
      ReportHeader header, String hash, List<OpenStream> family, BooleanSupplier own) {
    Place.Duplicate held = held(hash, family);
    if (held != null) {
      return held;
    }
    if (!family.getFirst().holds(header.first(), header.last()) && own.getAsBoolean()) {
      return new Place.Into(family.getFirst(), false);
    }
    return new Place.Into(
        family.stream().filter(OpenStream::isRevoked).findFirst().orElse(null), false);
  }

  private Place.@Nullable Duplicate held(String hash, List<OpenStream> family) {
    for (OpenStream row : family) {
      if (rows(hash).contains(row.id())) {
        return new Place.Duplicate(row);
      }
    }
    return null;
  }

  private Set<Integer> rows(String hash) {
    return rowsByHash.getOrDefault(hash, Set.of());
  }
}
