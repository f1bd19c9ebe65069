package webmon.server.monitors;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import webmon.server.store.Columns;

/** The numbers under which monitors are stored; given once, kept for ever. */
public final class MonitorIds {
  private MonitorIds() {}

  /** The numbers of these monitors, made for those that are new. */
  public static Map<String, Integer> provide(Handle handle, Collection<String> slugs) {
    SortedSet<String> wanted = new TreeSet<>(slugs);
    Map<String, Integer> ids = find(handle, wanted);
    wanted.removeAll(ids.keySet());
    if (!wanted.isEmpty()) {
      // Sorted, like every insert that can meet another's: nobody waits in a circle.
      Columns.of(wanted)
          .text("slug", slug -> slug)
          .bindTo(() ->
              handle.createUpdate(
                  """
                  insert into monitor (slug) select * from unnest(:slug)
                  on conflict (slug) do nothing
                  """))
          .execute();
      ids.putAll(find(handle, wanted));
    }
    return ids;
  }

  private static Map<String, Integer> find(Handle handle, SortedSet<String> slugs) {
    Map<String, Integer> ids = new HashMap<>();
    Columns.of(slugs)
        .text("slug", slug -> slug)
        .bindTo(() ->
            handle.createQuery("select slug, monitor_id from monitor where slug = any(:slug)"))
        .map((row, context) -> Map.entry(row.getString(1), row.getInt(2)))
        .forEach(entry -> ids.put(entry.getKey(), entry.getValue()));
    return ids;
  }
}
