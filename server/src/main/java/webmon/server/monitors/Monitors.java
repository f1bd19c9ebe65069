package webmon.server.monitors;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import webmon.server.results.ResultView;
import webmon.server.results.Results;

/** The monitors with their newest results, to be read. */
public final class Monitors {
  // A result holds until this long after the next was due (docs/verdict.md).
  private static final Duration FRESHNESS = Duration.ofSeconds(30);

  private final Jdbi jdbi;
  private final InstantSource clock;

  public Monitors(Jdbi jdbi, InstantSource clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /** In the order of their ids, after that one. */
  public List<MonitorView> list(@Nullable String after, int limit) {
    return jdbi.inTransaction(handle -> {
      List<Listed> listed =
          handle
              .createQuery(Listed.SELECT + " where m.slug > :after order by m.slug limit :limit")
              .bind("after", after == null ? "" : after)
              .bind("limit", limit)
              .map((row, context) -> Listed.of(row))
              .list();
      return views(handle, listed);
    });
  }

  public Optional<MonitorWithDefinition> find(String id) {
    return jdbi.inTransaction(handle ->
        handle
            .createQuery(Listed.SELECT + " where m.slug = :id")
            .bind("id", id)
            .map((row, context) -> Listed.of(row))
            .findOne()
            .map(listed ->
                new MonitorWithDefinition(
                    views(handle, List.of(listed)).getFirst(),
                    listed.createdAt(),
                    listed.definition(),
                    listed.agents())));
  }

  /** The number of a monitor in the database. */
  public Optional<Integer> number(String id) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("select monitor_id from monitor where slug = :id")
            .bind("id", id)
            .mapTo(Integer.class)
            .findOne());
  }

  private List<MonitorView> views(Handle handle, List<Listed> listed) {
    Map<Integer, List<ResultView>> newest =
        Results.newest(handle, listed.stream().map(Listed::monitorId).toList()).stream()
            .collect(Collectors.groupingBy(result -> result.row().monitorId()));
    Instant now = clock.instant();
    return listed.stream()
        .map(monitor -> view(monitor, newest.getOrDefault(monitor.monitorId(), List.of()), now))
        .toList();
  }

  static MonitorView view(Listed monitor, List<ResultView> newest, Instant now) {
    List<MonitorView.RegionView> regions = new ArrayList<>();
    new TreeMap<>(newest.stream().collect(Collectors.groupingBy(ResultView::region)))
        .forEach((region, results) -> {
          List<String> fresh =
              results.stream()
                  .filter(result -> isFresh(result, monitor, now))
                  .map(ResultView::status)
                  .toList();
          results.stream()
              .max(Comparator.comparing(ResultView::at))
              .ifPresent(last ->
                  regions.add(
                      new MonitorView.RegionView(region, LastResultState.ofRegion(fresh), last)));
        });
    return new MonitorView(
        monitor.id(),
        monitor.name(),
        monitor.url(),
        monitor.type(),
        state(monitor, regions),
        null,
        monitor.intervalSeconds(),
        monitor.group(),
        monitor.tags(),
        monitor.conflict(),
        regions);
  }

  private static String state(Listed monitor, List<MonitorView.RegionView> regions) {
    if (!monitor.declared() && monitor.everDeclared()) {
      return "retired";
    }
    if (monitor.declared() && !monitor.enabled()) {
      return "paused";
    }
    return LastResultState.ofMonitor(regions.stream().map(MonitorView.RegionView::state).toList());
  }

  private static boolean isFresh(ResultView result, Listed monitor, Instant now) {
    return now.isBefore(result.at().plus(monitor.interval()).plus(FRESHNESS));
  }
}
