package webmon.server.verdict;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import webmon.server.store.Columns;

/** Word for whoever evaluates: these monitors have results that no verdict has seen. */
public final class EvaluationDue {
  private EvaluationDue() {}

  /**
   * Notes monitors and from when on, in the transaction that writes their results. It comes last in
   * it, since transactions that share a monitor wait here for each other.
   */
  public static void note(Handle handle, Map<Integer, Instant> earliest) {
    if (earliest.isEmpty()) {
      return;
    }
    // In the order of their ids: two transactions cannot wait for each other.
    List<Map.Entry<Integer, Instant>> rows = List.copyOf(new TreeMap<>(earliest).entrySet());
    // Never "do nothing": it has to wait for a claim in progress, which has read without us.
    Columns.of(rows)
        .int4("monitor", Map.Entry::getKey)
        .time("from", Map.Entry::getValue)
        .bindTo(() ->
            handle.createUpdate(
                """
                insert into evaluation_due (monitor_id, from_time)
                select * from unnest(:monitor, :from)
                on conflict (monitor_id) do update
                set from_time = least(evaluation_due.from_time, excluded.from_time)
                """))
        .execute();
    handle.execute("notify evaluation_due");
  }
}
