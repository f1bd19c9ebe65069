package webmon.server.ingest;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import webmon.report.ReportHeader;
import webmon.server.agents.AgentRegistry;
import webmon.server.agents.OpenStream;
import webmon.server.agents.Refusals;
import webmon.server.agents.SequenceRanges;
import webmon.server.agents.StreamName;
import webmon.server.agents.Streams;
import webmon.server.ingest.ReportRows.Placed;
import webmon.server.results.ResultWriter;
import webmon.server.store.DayPartitions;

/**
 * Stores any number of reports in one transaction: all of them or, throwing, none. Locks are taken
 * in one order everywhere: streams, monitors, definitions, details, results, agents, what is due.
 * Safe for any thread.
 */
final class ReportStore {
  private final Jdbi jdbi;
  private final AgentRegistry registry;
  private final Retirement retirement;
  private final ResultWriter results;
  private final DayPartitions evidence;
  private final InstantSource clock;

  ReportStore(Jdbi jdbi, AgentRegistry registry, ResultWriter results, InstantSource clock) {
    this.jdbi = jdbi;
    this.registry = registry;
    this.retirement = new Retirement(registry);
    this.results = results;
    this.evidence = new DayPartitions(jdbi, "report_evidence");
    this.clock = clock;
  }

  /** After a failure. */
  void forgetPartitions() {
    results.forgetPartitions();
    evidence.forget();
  }

  /**
   * Stores reports and says of each, in the same order, where it is.
   *
   * @param passOver of each report, so many stream rows that would do are passed over
   * @throws ResultWriter.PlaceTakenException if a result has the place of another one
   */
  List<Outcome.Taken> store(List<Decoded> reports, int passOver) {
    List<Instant> times = new ArrayList<>();
    SortedSet<StreamName> names = new TreeSet<>();
    for (Decoded report : reports) {
      report.results().forEach(result -> times.add(result.at()));
      names.add(report.opened().stream());
    }
    results.prepare(times);
    evidence.provide(reports.stream().map(Decoded::receivedAt).toList());
    return jdbi.withHandle(handle -> {
      Streams.provide(handle, names, clock.instant());
      return handle.inTransaction(transaction -> write(transaction, reports, names, passOver));
    });
  }

  private List<Outcome.Taken> write(
      Handle handle, List<Decoded> reports, SortedSet<StreamName> names, int passOver) {
    Instant now = clock.instant();
    SortedMap<StreamName, List<OpenStream>> families = Streams.lock(handle, names);
    Placement placement = new Placement();
    findHeld(handle, reports, families, placement);
    Map<Decoded, Outcome.Taken> taken = new IdentityHashMap<>();
    List<Placed> placed = new ArrayList<>();
    Set<Integer> forkedAgents = new HashSet<>();
    // In the order of their sequences, so that each finds the one before it.
    for (Decoded given : inSequence(reports)) {
      List<OpenStream> family = families.getOrDefault(given.opened().stream(), List.of());
      Decoded report = retirement.apply(handle, given, family.getFirst());
      ReportHeader header = report.opened().header();
      String hash = report.opened().hash();
      Placement.Place place =
          report.isRevoked()
              ? placement.chooseRevoked(
                  header, hash, family, () -> isOwn(handle, report, family.getFirst()))
              : placement.choose(header, hash, family, passOver);
      switch (place) {
        case Placement.Place.Duplicate(OpenStream row) ->
            taken.put(given, taken(report, row, true));
        case Placement.Place.Into into -> {
          OpenStream row = into.row();
          if (row == null) {
            row = Streams.fork(handle, report.opened().stream(), family, report.isRevoked(), now);
          }
          if (into.overlaps()) {
            family.getFirst().fork(header.first(), header.last());
            forkedAgents.add(report.opened().key().agentId());
          }
          placement.holds(hash, row.id());
          account(report, row);
          placed.add(new Placed(report, row));
          taken.put(given, taken(report, row, false));
        }
      }
    }
    if (!placed.isEmpty()) {
      insert(handle, placed, forkedAgents, families, now);
    }
    return reports.stream().map(taken::get).toList();
  }

  private void insert(
      Handle handle,
      List<Placed> placed,
      Set<Integer> forkedAgents,
      SortedMap<StreamName, List<OpenStream>> families,
      Instant now) {
    Map<Placed, Long> ids = ReportRows.insert(handle, placed);
    Refusals.add(handle, refusals(ids));
    Map<Integer, Integer> breaks = ReportRows.chainBreaks(handle, ids.values());
    Map<Integer, OpenStream> changed = new HashMap<>();
    for (List<OpenStream> family : families.values()) {
      for (OpenStream row : family) {
        row.breakChain(breaks.getOrDefault(row.id(), 0));
        changed.put(row.id(), row);
      }
    }
    Streams.save(handle, changed.values());
    new Content(results, registry).store(handle, placed, forkedAgents, now);
  }

  private static void findHeld(
      Handle handle,
      List<Decoded> reports,
      SortedMap<StreamName, List<OpenStream>> families,
      Placement placement) {
    Set<String> hashes = new HashSet<>();
    for (Decoded report : reports) {
      hashes.add(report.opened().hash());
      String previous = report.opened().header().previous();
      if (previous != null) {
        hashes.add(previous);
      }
    }
    Set<Integer> rows = new HashSet<>();
    families.values().forEach(family -> family.forEach(row -> rows.add(row.id())));
    ReportRows.findHeld(handle, rows, hashes, placement);
  }

  /** Also of this transaction's reports: what they have changed is not written yet. */
  private static boolean isOwn(Handle handle, Decoded report, OpenStream row) {
    return !row.isChanged() && Streams.holdsOnly(handle, row, report.opened().key().kid());
  }

  private static List<Decoded> inSequence(List<Decoded> reports) {
    return reports.stream()
        .sorted(
            Comparator.comparing((Decoded report) -> report.opened().stream())
                .thenComparing(report -> report.opened().header().first()))
        .toList();
  }

  private static void account(Decoded report, OpenStream row) {
    ReportHeader header = report.opened().header();
    row.note(header, report.receivedAt());
    SequenceRanges refused = report.refusedSequences();
    if (header.kind() == ReportHeader.Kind.GAP && refused.isEmpty()) {
      row.lose(header.first(), header.last());
    } else {
      row.take(
          SequenceRanges.of(header.first(), header.last()).minus(refused),
          refused,
          report.results().size());
    }
  }

  private static List<Refusals.Refused> refusals(Map<Placed, Long> ids) {
    List<Refusals.Refused> rows = new ArrayList<>();
    ids.forEach((placed, id) -> {
      for (Decoded.Refused refused : placed.report().refused()) {
        rows.add(
            new Refusals.Refused(
                placed.row().id(),
                id,
                refused.range(),
                refused.reason().code(),
                refused.detail(),
                placed.report().receivedAt()));
      }
    });
    return rows;
  }

  private static Outcome.Taken taken(Decoded report, OpenStream row, boolean duplicate) {
    return new Outcome.Taken(
        report.opened().key().agent(),
        report.opened().stream(),
        row.id(),
        duplicate,
        report.refusedSequences().count());
  }
}
