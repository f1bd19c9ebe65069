package webmon.server.agents;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import webmon.report.Refusal;
import webmon.report.VerificationKey;
import webmon.result.Rotation;
import webmon.server.store.Columns;
import webmon.server.store.Rows;

/**
 * Which agents there are and what their keys may sign. Keys that were found are remembered for two
 * seconds, so a revocation at any server holds at all of them after that. Safe for any thread.
 */
public final class AgentRegistry {
  private static final long REMEMBERED_NANOS = Duration.ofSeconds(2).toNanos();
  private static final int MOST_REMEMBERED = 10_000;

  private final Jdbi jdbi;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final Map<String, Found> found = new ConcurrentHashMap<>();

  public AgentRegistry(Jdbi jdbi, InstantSource clock, LongSupplier nanos) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.nanos = nanos;
  }

  private record Found(AgentKey key, long until) {}

  /** The key with this id, of an agent that was not removed. */
  public Optional<AgentKey> find(String kid) {
    Found remembered = found.get(kid);
    if (remembered != null && remembered.until() - nanos.getAsLong() > 0) {
      return Optional.of(remembered.key());
    }
    // Unknown keys are asked for every time: a new agent's first report must not be rejected.
    Optional<AgentKey> key = jdbi.withHandle(handle -> find(handle, kid));
    if (key.isPresent()) {
      if (found.size() >= MOST_REMEMBERED) {
        found.clear();
      }
      found.put(kid, new Found(key.get(), nanos.getAsLong() + REMEMBERED_NANOS));
    } else {
      found.remove(kid);
    }
    return key;
  }

  /** Refuses what is received under this key from a time on; false if there is no such key. */
  public boolean revoke(String kid, Instant asOf) {
    boolean known =
        jdbi.withHandle(handle ->
            handle
                .createUpdate(
                    """
                    update agent_key set revoked_at = :now, revoked_as_of = :as_of
                    where kid = :kid
                    """)
                .bind("now", clock.instant())
                .bind("as_of", asOf)
                .bind("kid", kid)
                .execute())
            == 1;
    found.remove(kid);
    return known;
  }

  /** A rotate line: the key that signed it retires, the key in it takes over. */
  public record KeyChange(AgentKey former, VerificationKey next, Rotation line) {}

  /**
   * Takes over a rotation, in the transaction that stores its report.
   *
   * @return why it is refused; empty: it holds
   */
  public Optional<Refusal> rotate(Handle handle, KeyChange change) {
    AgentKey former = change.former();
    Instant now = clock.instant();
    // Locked and read again: what is remembered of the key may be two seconds old.
    if (!isInUse(handle, former.kid(), now)) {
      return Optional.of(Refusal.REVOKED_KEY);
    }
    if (!add(handle, former.agentId(), change.next(), now)) {
      // A key that anybody has, or ever had: the former one stays in use.
      return Optional.of(Refusal.MALFORMED);
    }
    handle
        .createUpdate(
            """
            update agent_key
            set retired_at = :at, retired_stream = :stream, retired_sequence = :sequence
            where kid = :kid
            """)
        .bind("at", now)
        .bind("stream", change.line().origin().stream())
        .bind("sequence", change.line().sequence())
        .bind("kid", former.kid())
        .execute();
    found.remove(former.kid());
    return Optional.empty();
  }

  private static boolean isInUse(Handle handle, String kid, Instant now) {
    return handle
        .createQuery(
            """
            select 1 from agent_key
            where kid = :kid and retired_at is null
              and coalesce(revoked_as_of, revoked_at, 'infinity') > :now
            for no key update
            """)
        .bind("kid", kid)
        .bind("now", now)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /** What a batch of reports says of an agent. */
  public record Sign(
      int agentId,
      Instant seenAt,
      @Nullable Long clockOffsetUs,
      @Nullable String version,
      boolean forked) {}

  /** Notes signs of life; one an agent. */
  public void note(Handle handle, List<Sign> signs) {
    List<Sign> sorted = signs.stream().sorted((a, b) -> a.agentId() - b.agentId()).toList();
    // Locked in the order of their ids: two transactions cannot wait for each other.
    Columns.of(sorted)
        .int4("ids", Sign::agentId)
        .bindTo(() ->
            handle.createQuery(
                """
                select agent_id from agent where agent_id = any(:ids)
                order by agent_id for no key update
                """))
        .mapTo(Integer.class)
        .list();
    Columns.of(sorted)
        .int4("id", Sign::agentId)
        .time("seen", Sign::seenAt)
        .int8("offset", Sign::clockOffsetUs)
        .text("version", Sign::version)
        .flag("forked", Sign::forked)
        .bindTo(() ->
            handle.createUpdate(
                """
                update agent set
                  last_seen_at = greatest(agent.last_seen_at, sign.seen),
                  clock_offset_us = coalesce(sign.clock_offset, agent.clock_offset_us),
                  version = coalesce(sign.version, agent.version),
                  forked_at = case when sign.forked then sign.seen else agent.forked_at end
                from unnest(:id, :seen, :offset, :version, :forked)
                  as sign (id, seen, clock_offset, version, forked)
                where agent.agent_id = sign.id
                """))
        .execute();
  }

  private static boolean add(Handle handle, int agentId, VerificationKey key, Instant validFrom) {
    return handle
            .createUpdate(
                """
                insert into agent_key (kid, agent_id, jwk, valid_from)
                values (:kid, :agent, :jwk, :from) on conflict (kid) do nothing
                """)
            .bind("kid", key.kid())
            .bind("agent", agentId)
            .bind("jwk", key.jwk())
            .bind("from", validFrom)
            .execute()
        == 1;
  }

  private static Optional<AgentKey> find(Handle handle, String kid) {
    return handle
        .createQuery(
            """
            select a.agent_id, a.name, a.region, a.may_report, k.jwk, k.retired_at,
              k.retired_stream, k.retired_sequence, coalesce(k.revoked_as_of, k.revoked_at) revoked
            from agent_key k join agent a using (agent_id)
            where k.kid = :kid and a.removed_at is null
            """)
        .bind("kid", kid)
        .map((row, context) -> key(row))
        .findOne();
  }

  private static AgentKey key(ResultSet row) throws SQLException {
    Instant retired = Rows.instant(row, "retired_at");
    String stream = row.getString("retired_stream");
    return new AgentKey(
        row.getInt("agent_id"),
        row.getString("name"),
        row.getString("region"),
        new MayReport(texts(row.getArray("may_report"))),
        VerificationKey.ofJwk(row.getString("jwk")),
        retired == null || stream == null
            ? null
            : new AgentKey.Retirement(retired, stream, row.getLong("retired_sequence")),
        Rows.instant(row, "revoked"));
  }

  private static List<String> texts(Array array) throws SQLException {
    return Arrays.asList((String[]) array.getArray());
  }
}
