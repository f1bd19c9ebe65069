package webmon.agent.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import webmon.monitor.Sha256;
import webmon.report.Acknowledgement;
import webmon.report.Acknowledgement.Range;
import webmon.report.Acknowledgement.RefusedRange;
import webmon.report.Report;
import webmon.report.ReportHeader;

/**
 * What a {@link FakeServer} has of one stream; both sides of a fork, each line as often as stored.
 */
final class FakeStream {
  private final String stream;
  private final TreeMap<Long, Range> ranges = new TreeMap<>();
  private final Set<String> hashes = new HashSet<>();
  private final List<Range> refused = new ArrayList<>();
  private final List<FakeServer.Line> lines = new ArrayList<>();
  private @Nullable Range fork;

  FakeStream(String stream) {
    this.stream = stream;
  }

  /** Stores a report once; false if it was there. */
  boolean take(Report report, String hash, boolean refusing) {
    if (!hashes.add(hash)) {
      return false;
    }
    ReportHeader header = report.header();
    Range range = new Range(header.first(), header.last());
    if (refusing) {
      refused.add(range);
      return true;
    }
    if (header.kind() == ReportHeader.Kind.LINES && overlaps(range)) {
      fork = range;
    } else {
      ranges.put(range.first(), range);
    }
    long sequence = header.first();
    for (byte[] line : report.lines()) {
      lines.add(new FakeServer.Line(stream, sequence++, Sha256.hex(line)));
    }
    return true;
  }

  private boolean overlaps(Range range) {
    return ranges.values().stream()
        .anyMatch(one -> one.first() <= range.last() && range.first() <= one.last());
  }

  Acknowledgement acknowledgement(String deployment, String agent, String storeEpoch, Instant now) {
    return new Acknowledgement(
        deployment,
        agent,
        stream,
        contiguous(),
        List.copyOf(ranges.values()),
        refused.stream().map(range -> new RefusedRange(range, "wrong_region")).toList(),
        fork,
        storeEpoch,
        now);
  }

  private long contiguous() {
    List<Range> all = new ArrayList<>(ranges.values());
    all.addAll(refused);
    long contiguous = 0;
    boolean advanced = true;
    while (advanced) {
      advanced = false;
      for (Range range : all) {
        if (range.first() <= contiguous + 1 && range.last() > contiguous) {
          contiguous = range.last();
          advanced = true;
        }
      }
    }
    return contiguous;
  }

  List<FakeServer.Line> lines() {
    return lines;
  }

  boolean forked() {
    return fork != null;
  }
}
