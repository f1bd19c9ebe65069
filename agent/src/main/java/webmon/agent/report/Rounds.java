package webmon.agent.report;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * In which order reports go: the newest first, so that what is now is known soon, then the backlog,
 * oldest first, with each newer one that comes meanwhile in between. What was tried in vain does
 * not count as gone.
 */
final class Rounds {
  private @Nullable Outstanding newestGone;
  private boolean newestWasLast;

  /**
   * The next to be sent; nothing changes by it.
   *
   * @param reports all of them, by age
   * @param due whether one is to be sent now
   */
  List<Outstanding> next(NavigableSet<Outstanding> reports, Predicate<Outstanding> due, int most) {
    Rounds ahead = new Rounds();
    ahead.newestGone = newestGone;
    ahead.newestWasLast = newestWasLast;
    List<Outstanding> chosen = new ArrayList<>();
    Predicate<Outstanding> open = due.and(report -> !chosen.contains(report));
    Iterator<Outstanding> oldest = reports.iterator();
    while (chosen.size() < most) {
      Outstanding newest = ahead.newer(reports, open);
      Outstanding next = newest != null && !ahead.newestWasLast ? newest : first(oldest, open);
      if (next == null) {
        next = newest;
      }
      if (next == null) {
        break;
      }
      chosen.add(next);
      ahead.went(next);
    }
    return chosen;
  }

  /** It was sent. */
  void went(Outstanding report) {
    newestWasLast = newestGone == null || Outstanding.BY_AGE.compare(report, newestGone) > 0;
    if (newestWasLast) {
      newestGone = report;
    }
  }

  /** The newest one that is newer than all that went before. */
  private @Nullable Outstanding newer(
      NavigableSet<Outstanding> reports, Predicate<Outstanding> open) {
    NavigableSet<Outstanding> candidates =
        newestGone == null ? reports : reports.tailSet(newestGone, false);
    return first(candidates.descendingIterator(), open);
  }

  private static @Nullable Outstanding first(
      Iterator<Outstanding> candidates, Predicate<Outstanding> open) {
    while (candidates.hasNext()) {
      Outstanding candidate = candidates.next();
      if (open.test(candidate)) {
        return candidate;
      }
    }
    return null;
  }
}
