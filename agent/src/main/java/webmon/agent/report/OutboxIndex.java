package webmon.agent.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Which reports are in the outbox, in memory; guarded by the outbox. */
final class OutboxIndex {
  private final TreeSet<Outstanding> byAge = new TreeSet<>(Outstanding.BY_AGE);
  private final Map<ReportName, Outstanding> byName = new HashMap<>();
  private Outbox.Listener listener = new Outbox.Listener() {};
  private long bytes;
  private long lines;

  /** From now on this one is told; first of all that is there already. */
  void listen(Outbox.Listener other) {
    listener = other;
    byAge.forEach(other::added);
  }

  /** Adds a report, in place of one with that name. */
  void add(Outstanding report) {
    remove(report.name());
    byName.put(report.name(), report);
    byAge.add(report);
    bytes += report.bytes();
    lines += report.lines();
    listener.added(report);
  }

  /** Whether it was there. */
  boolean remove(ReportName name) {
    Outstanding report = byName.remove(name);
    if (report == null) {
      return false;
    }
    byAge.remove(report);
    bytes -= report.bytes();
    lines -= report.lines();
    listener.removed(report);
    return true;
  }

  boolean has(ReportName name) {
    return byName.containsKey(name);
  }

  boolean hasAll(Collection<ReportName> names) {
    return byName.keySet().containsAll(names);
  }

  /** Those that lie within a gap that was declared. */
  List<ReportName> dropped() {
    List<ReportName> gaps = byAge.stream().filter(Outstanding::gap).map(Outstanding::name).toList();
    return byName.keySet().stream()
        .filter(name -> gaps.stream().anyMatch(gap -> gap.covers(name)))
        .toList();
  }

  List<Outstanding> byAge() {
    return new ArrayList<>(byAge);
  }

  Optional<Outstanding> oldest() {
    return byAge.isEmpty() ? Optional.empty() : Optional.of(byAge.first());
  }

  /** The lowest sequence of a stream; {@link Long#MAX_VALUE} if there is none. */
  long lowest(String stream) {
    return byName.keySet().stream()
        .filter(name -> name.stream().equals(stream))
        .mapToLong(ReportName::first)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  int size() {
    return byName.size();
  }

  long bytes() {
    return bytes;
  }

  long lines() {
    return lines;
  }
}
