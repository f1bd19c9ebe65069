package webmon.server.store;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Makes the daily partitions of one table as they are needed. Days are days of UTC. Made before the
 * transaction that needs them, in one of their own, so that nobody waits for a partition while
 * holding a lock. Safe for any thread and any number of servers.
 */
public final class DayPartitions {
  private final Jdbi jdbi;
  private final String table;
  private final Set<LocalDate> known = ConcurrentHashMap.newKeySet();

  public DayPartitions(Jdbi jdbi, String table) {
    this.jdbi = jdbi;
    this.table = table;
  }

  /** Makes the partitions that these times fall into, where they are not known to be there. */
  public void provide(Collection<Instant> times) {
    Set<LocalDate> missing = new TreeSet<>();
    for (Instant time : times) {
      LocalDate day = LocalDate.ofInstant(time, ZoneOffset.UTC);
      if (!known.contains(day)) {
        missing.add(day);
      }
    }
    if (missing.isEmpty()) {
      return;
    }
    // Not by withHandle, which would give us the connection of a transaction around us.
    try (Handle handle = jdbi.open()) {
      for (LocalDate day : missing) {
        handle
            .createQuery("select 1 from make_day_partition(:table, :day)")
            .bind("table", table)
            .bind("day", day)
            .mapTo(Integer.class)
            .one();
        known.add(day);
      }
    }
  }

  /** After a failure: a partition that was there may have been dropped with its retention. */
  public void forget() {
    known.clear();
  }
}
