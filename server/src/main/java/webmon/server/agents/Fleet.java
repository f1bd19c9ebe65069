package webmon.server.agents;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The registered agents as people see them: how each reports, and how far it has come. */
public final class Fleet {
  private static final int MOST_RANGES = 1_000;

  // Sequences that are received, refused or declared lost, and those missing below the highest.
  private static final String STREAM_ROWS =
      """
      select s.*,
      """
          + Streams.REVOKED
          + """
                 , coalesce(upper(s.received + s.lost + s.refused) - 1, 0) as highest,
                 int8multirange(int8range(1, coalesce(upper(s.received + s.lost + s.refused), 1)))
                   - (s.received + s.lost + s.refused) as missing
            from stream s
          """;

  private static final String MEMBERS =
      """
      with rows as (%s),
      sums as (
        select r.agent_id,
               sum((select coalesce(sum(upper(m) - lower(m)), 0) from unnest(r.missing) m))
                 filter (where not r.revoked) as missing,
               sum((select coalesce(sum(upper(m) - lower(m)), 0) from unnest(r.lost) m)) as lost,
               sum((select coalesce(sum(upper(m) - lower(m)), 0) from unnest(r.refused) m)) as refused,
               sum(r.gaps) as gaps, count(*) filter (where r.fork_no > 0 and not r.revoked) as forks,
               sum(r.chain_breaks) filter (where not r.revoked) as chain_breaks, sum(r.reports) as reports,
               sum(r.results) as results
          from rows r group by r.agent_id),
      current as (
        select distinct on (agent_id) agent_id, stream, contiguous, highest
          from rows where fork_no = 0
         order by agent_id, last_seen_at desc, stream_id desc)
      select a.*, c.stream, c.contiguous, c.highest, t.missing, t.lost, t.refused, t.gaps, t.forks,
             t.chain_breaks, t.reports, t.results
        from agent a left join current c using (agent_id) left join sums t using (agent_id)
       where a.removed_at is null
      """
          .formatted(STREAM_ROWS);

  private final Jdbi jdbi;

  public Fleet(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Agents in the order of their ids, after that one. */
  public List<Member> list(@Nullable String after, int limit) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(MEMBERS + " and a.name > :after order by a.name limit :limit")
            .bind("after", after == null ? "" : after)
            .bind("limit", limit)
            .map((row, context) -> Member.of(row))
            .list());
  }

  /** One agent with all its streams, newest first. */
  public Optional<MemberWithStreams> find(String id) {
    return jdbi.inTransaction(handle ->
        handle
            .createQuery(MEMBERS + " and a.name = :id")
            .bind("id", id)
            .map((row, context) -> Member.of(row))
            .findOne()
            .map(member -> new MemberWithStreams(member, streams(handle, id))));
  }

  private static List<StreamView> streams(Handle handle, String id) {
    return handle
        .createQuery(
            """
            select r.*, r.received::text as received_text, r.lost::text as lost_text,
                   r.refused::text as refused_text, r.missing::text as missing_text
              from (%s) r join agent a using (agent_id)
             where a.name = :id
             order by r.last_seen_at desc, r.stream_id desc
             limit :limit
            """
                .formatted(STREAM_ROWS))
        .bind("id", id)
        .bind("limit", MOST_RANGES)
        .map((row, context) -> StreamView.of(row, MOST_RANGES))
        .list();
  }
}
