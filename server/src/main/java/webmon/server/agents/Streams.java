package webmon.server.agents;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import webmon.report.Acknowledgement.Range;
import webmon.server.store.Columns;
import webmon.server.store.Rows;

/** Stream rows as the transaction that stores reports sees and changes them. */
public final class Streams {
  /** Whether a row s is a fork that holds only what keys signed that no longer may. */
  static final String REVOKED =
      """
      (s.fork_no > 0 and s.received = '{}' and s.lost = '{}'
        and exists (select from refused_range v
          where v.stream_id = s.stream_id and v.reason = 'revoked_key')) as revoked
      """;

  private static final String COLUMNS =
      """
      s.agent_id, s.stream, s.stream_id, s.fork_no, s.first_seen_at, s.received::text, s.lost::text,
        s.refused::text refused,
      """
          + REVOKED;

  private Streams() {}

  /**
   * Makes the first rows of streams that are new, before the transaction that will lock them:
   * nobody waits for a row to appear while holding others.
   */
  public static void provide(Handle handle, SortedSet<StreamName> names, Instant now) {
    // Not simply "on conflict do nothing": each try would use up one of two thousand million ids.
    Columns.of(names)
        .int4("agent", StreamName::agentId)
        .text("stream", StreamName::stream)
        .bindTo(() ->
            handle.createUpdate(
                """
                insert into stream (agent_id, stream, first_seen_at, last_seen_at)
                select name.agent, name.stream, :now::timestamptz, :now::timestamptz
                from unnest(:agent, :stream) as name (agent, stream)
                where not exists (select 1 from stream s
                  where s.agent_id = name.agent and s.stream = name.stream)
                on conflict on constraint stream_identity do nothing
                """))
        .bind("now", now)
        .execute();
  }

  /**
   * Locks these streams, with their forks, until the transaction ends. Each list begins with the
   * row that is no fork.
   */
  public static SortedMap<StreamName, List<OpenStream>> lock(
      Handle handle, SortedSet<StreamName> names) {
    Columns<StreamName> columns =
        Columns.of(names).int4("agent", StreamName::agentId).text("stream", StreamName::stream);
    // Sorted: two transactions with the same streams wait in line, never for each other.
    columns
        .bindTo(() ->
            handle.createQuery(
                """
                select s.stream_id
                from unnest(:agent, :stream) as name (agent, stream)
                join stream s on s.agent_id = name.agent and s.stream = name.stream
                where s.fork_no = 0
                order by s.agent_id, s.stream
                for update of s
                """))
        .mapTo(Integer.class)
        .list();
    // A statement of its own: its snapshot has the forks that others committed while we waited.
    SortedMap<StreamName, List<OpenStream>> families = new TreeMap<>();
    columns
        .bindTo(() ->
            handle.createQuery(
                "select "
                    + COLUMNS
                    + """
                    from unnest(:agent, :stream) as name (agent, stream)
                    join stream s on s.agent_id = name.agent and s.stream = name.stream
                    order by s.agent_id, s.stream, s.fork_no
                    for update of s
                    """))
        .map((row, context) ->
            Map.entry(new StreamName(row.getInt("agent_id"), row.getString("stream")), open(row)))
        .forEach(entry ->
            families
                .computeIfAbsent(entry.getKey(), name -> new ArrayList<>())
                .add(entry.getValue()));
    return families;
  }

  /**
   * A further row for reports that differ from those held; added to the family.
   *
   * @param revoked only for what is refused since its keys no longer may sign
   */
  public static OpenStream fork(
      Handle handle, StreamName name, List<OpenStream> family, boolean revoked, Instant now) {
    OpenStream base = family.getFirst();
    int forkNo = family.stream().mapToInt(OpenStream::forkNo).max().orElse(0) + 1;
    int id =
        handle
            .createQuery(
                """
                insert into stream (agent_id, stream, fork_of, fork_no, first_seen_at, last_seen_at)
                values (:agent, :stream, :base, :no, :now, :now) returning stream_id
                """)
            .bind("agent", name.agentId())
            .bind("stream", name.stream())
            .bind("base", base.id())
            .bind("no", forkNo)
            .bind("now", now)
            .mapTo(Integer.class)
            .one();
    OpenStream fork =
        new OpenStream(
            id,
            forkNo,
            now,
            revoked,
            SequenceRanges.NONE,
            SequenceRanges.NONE,
            SequenceRanges.NONE);
    family.add(fork);
    return fork;
  }

  /** Whether every report in a row, and there is one, was signed with this key. */
  public static boolean holdsOnly(Handle handle, OpenStream row, String kid) {
    return handle
        .createQuery(
            """
            select exists (select from report where stream_id = :row and kid = :kid)
              and not exists (
                select from agent_key own
                join agent_key other on other.agent_id = own.agent_id and other.kid <> own.kid
                join report r on r.kid = other.kid and r.stream_id = :row
                where own.kid = :kid)
            """)
        .bind("row", row.id())
        .bind("kid", kid)
        .mapTo(Boolean.class)
        .one();
  }

  /** Writes the accounting of locked rows. */
  public static void save(Handle handle, Collection<OpenStream> changed) {
    List<OpenStream> rows =
        changed.stream().sorted(Comparator.comparingInt(OpenStream::id)).toList();
    Columns.of(rows)
        .int4("id", OpenStream::id)
        .text("received", stream -> stream.received().toString())
        .text("lost", stream -> stream.lost().toString())
        .text("refused", stream -> stream.refused().toString())
        .int4("reports", OpenStream::reports)
        .int4("results", OpenStream::results)
        .int4("gaps", OpenStream::gaps)
        .int4("breaks", OpenStream::chainBreaks)
        .int8("fork_first", stream -> firstOf(stream.fork()))
        .int8("fork_last", stream -> lastOf(stream.fork()))
        .text("boot", OpenStream::boot)
        .time("seen", OpenStream::seen)
        .text("continues", s -> s.continues() == null ? null : s.continues().stream())
        .int8("continues_at", s -> s.continues() == null ? null : s.continues().sequence())
        .hex("continues_hash", s -> s.continues() == null ? null : s.continues().hash())
        .bindTo(() ->
            handle.createUpdate(
                """
                update stream s set
                  received = n.received::int8multirange,
                  lost = n.lost::int8multirange,
                  refused = n.refused::int8multirange,
                  reports = s.reports + n.reports,
                  results = s.results + n.results,
                  gaps = s.gaps + n.gaps,
                  chain_breaks = s.chain_breaks + n.breaks,
                  fork_first = coalesce(n.fork_first, s.fork_first),
                  fork_last = coalesce(n.fork_last, s.fork_last),
                  boot = coalesce(n.boot, s.boot),
                  last_seen_at = greatest(s.last_seen_at, n.seen),
                  continues_stream = coalesce(n.continues, s.continues_stream),
                  continues_sequence = coalesce(n.continues_at, s.continues_sequence),
                  continues_hash = coalesce(n.continues_hash, s.continues_hash)
                from unnest(:id, :received, :lost, :refused, :reports, :results, :gaps, :breaks,
                    :fork_first, :fork_last, :boot, :seen, :continues, :continues_at,
                    :continues_hash)
                  as n (id, received, lost, refused, reports, results, gaps, breaks,
                    fork_first, fork_last, boot, seen, continues, continues_at, continues_hash)
                where s.stream_id = n.id
                """))
        .execute();
  }

  private static OpenStream open(ResultSet row) throws SQLException {
    return new OpenStream(
        row.getInt("stream_id"),
        row.getInt("fork_no"),
        Objects.requireNonNull(Rows.instant(row, "first_seen_at")),
        row.getBoolean("revoked"),
        SequenceRanges.parse(row.getString("received")),
        SequenceRanges.parse(row.getString("lost")),
        SequenceRanges.parse(row.getString("refused")));
  }

  private static @Nullable Long firstOf(@Nullable Range range) {
    return range == null ? null : range.first();
  }

  private static @Nullable Long lastOf(@Nullable Range range) {
    return range == null ? null : range.last();
  }
}
