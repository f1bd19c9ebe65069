package webmon.agent.report;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * In which order reports go: the newest first, so that what is now is known soon, then the backlog,
 * oldest first, with each newer one that comes meanwhile in between.
 */
final class Rounds {
  private @Nullable Outstanding newestSent;
  private boolean newestWasLast;

  /**
   * The next to be sent.
   *
   * @param reports all of them, by age
   * @param due whether one is to be sent now
   */
  List<Outstanding> next(NavigableSet<Outstanding> reports, Predicate<Outstanding> due, int most) {
    List<Outstanding> chosen = new ArrayList<>();
    Iterator<Outstanding> oldest = reports.iterator();
    while (chosen.size() < most) {
      Outstanding newest = newestWasLast ? null : newer(reports, due);
      if (newest != null && !chosen.contains(newest)) {
        newestSent = newest;
        newestWasLast = true;
        chosen.add(newest);
        continue;
      }
      newestWasLast = false;
      Outstanding old = next(oldest, due, chosen);
      if (old == null) {
        newest = newer(reports, due);
        if (newest == null || chosen.contains(newest)) {
          return chosen;
        }
        continue;
      }
      chosen.add(old);
      if (newestSent == null || Outstanding.BY_AGE.compare(old, newestSent) > 0) {
        newestSent = old;
      }
    }
    return chosen;
  }

  /** The newest one due that is newer than all that went before. */
  private @Nullable Outstanding newer(
      NavigableSet<Outstanding> reports, Predicate<Outstanding> due) {
    NavigableSet<Outstanding> candidates =
        newestSent == null ? reports : reports.tailSet(newestSent, false);
    for (Outstanding candidate : candidates.descendingSet()) {
      if (due.test(candidate)) {
        return candidate;
      }
    }
    return null;
  }

  private static @Nullable Outstanding next(
      Iterator<Outstanding> oldest, Predicate<Outstanding> due, List<Outstanding> chosen) {
    while (oldest.hasNext()) {
      Outstanding candidate = oldest.next();
      if (due.test(candidate) && !chosen.contains(candidate)) {
        return candidate;
      }
    }
    return null;
  }
}
