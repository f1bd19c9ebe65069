package webmon.agent.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The courier's outstanding reports. For one thread, but for what it hears as a listener. */
final class Parcels implements Outbox.Listener {
  private final Duration resendAfter;
  private final Runnable wake;
  private final Queue<Runnable> news = new ConcurrentLinkedQueue<>();
  private final TreeMap<Outstanding, Parcel> parcels = new TreeMap<>(Outstanding.BY_AGE);
  private final Map<String, Long> highestReceived = new HashMap<>();
  private final Rounds ordinary = new Rounds();
  private final Rounds direct = new Rounds();

  /**
   * Without any report yet.
   *
   * @param wake called by any thread when there is one more
   */
  Parcels(Duration resendAfter, Runnable wake) {
    this.resendAfter = resendAfter;
    this.wake = wake;
  }

  @Override
  public void added(Outstanding report) {
    news.add(() -> parcels.put(report, Parcel.of(report)));
    wake.run();
  }

  @Override
  public void removed(Outstanding report) {
    news.add(() -> parcels.remove(report));
  }

  private void update() {
    for (Runnable one = news.poll(); one != null; one = news.poll()) {
      one.run();
    }
  }

  boolean has(Parcel parcel) {
    update();
    return parcels.containsKey(parcel.report());
  }

  /** It was sent at that time. */
  void sent(Parcel parcel, long at, boolean directly) {
    (directly ? direct : ordinary).went(parcel.report());
    put(parcel.sent(at));
  }

  void put(Parcel parcel) {
    if (parcels.containsKey(parcel.report())) {
      parcels.put(parcel.report(), parcel);
    }
  }

  void received(String stream, long highest) {
    highestReceived.merge(stream, highest, Math::max);
  }

  /** The server's memory is not what it was. */
  void forget(String stream, Predicate<ReportName> lacking) {
    update();
    highestReceived.remove(stream);
    parcels.replaceAll((report, parcel) ->
        parcel.name().stream().equals(stream) && lacking.test(parcel.name())
            ? parcel.unsent()
            : parcel);
  }

  Collection<Parcel> of(String stream) {
    update();
    List<Parcel> found = new ArrayList<>();
    for (Parcel parcel : parcels.values()) {
      if (parcel.name().stream().equals(stream)) {
        found.add(parcel);
      }
    }
    return found;
  }

  /** Streams of which something was sent and nobody said yet that it arrived. */
  Set<String> awaited(Set<String> except) {
    update();
    Set<String> streams = new TreeSet<>();
    for (Parcel parcel : parcels.values()) {
      if (parcel.sends() > 0 && !except.contains(parcel.name().stream())) {
        streams.add(parcel.name().stream());
      }
    }
    return streams;
  }

  /**
   * What is to be sent next.
   *
   * @param contested streams whose reports have a way of their own
   * @param directly whether that way is meant
   */
  List<Parcel> next(Set<String> contested, boolean directly, int most, long now) {
    update();
    Predicate<Outstanding> due =
        report -> contested.contains(report.name().stream()) == directly && wait(report, now) <= 0;
    NavigableSet<Outstanding> all = parcels.navigableKeySet();
    List<Parcel> chosen = new ArrayList<>();
    for (Outstanding report : (directly ? direct : ordinary).next(all, due, most)) {
      Parcel parcel = parcels.get(report);
      if (parcel != null) {
        chosen.add(parcel);
      }
    }
    return chosen;
  }

  /** Nanoseconds until the next is due, 0 if that is now; null if there is none. */
  @Nullable Long wait(Set<String> contested, boolean directly, long now) {
    update();
    Long shortest = null;
    for (Outstanding report : parcels.keySet()) {
      if (contested.contains(report.name().stream()) == directly) {
        long wait = Math.max(0, wait(report, now));
        if (shortest == null || wait < shortest) {
          shortest = wait;
        }
        if (wait == 0) {
          break;
        }
      }
    }
    return shortest;
  }

  boolean anyUnsent() {
    update();
    return parcels.values().stream().anyMatch(parcel -> parcel.sends() == 0);
  }

  private long wait(Outstanding report, long now) {
    Parcel parcel = parcels.get(report);
    if (parcel == null) {
      return Long.MAX_VALUE;
    }
    long highest = highestReceived.getOrDefault(report.name().stream(), 0L);
    return parcel.dueAt(resendAfter, report.name().last() < highest, now) - now;
  }
}
