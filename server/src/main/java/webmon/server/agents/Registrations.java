package webmon.server.agents;

import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import webmon.report.VerificationKey;

/** Takes agents in: who may report, with which key, from where, about what. */
public final class Registrations {
  private final Jdbi jdbi;
  private final InstantSource clock;

  public Registrations(Jdbi jdbi, InstantSource clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /** An agent as it stands in the database. */
  private record Known(int number, String region, List<String> keys) {}

  /**
   * Registers an agent. Doing the same again changes nothing.
   *
   * @return empty if it is registered now; else a sentence why it cannot be
   */
  public Optional<String> register(
      String id, String region, List<String> mayReport, VerificationKey key) {
    return jdbi.inTransaction(handle -> {
      handle
          .createUpdate(
              """
              insert into agent (name, region, may_report, created_at)
              values (:id, :region, string_to_array(:patterns, ','), :now)
              on conflict (name) do nothing
              """)
          .bind("id", id)
          .bind("region", region)
          .bind("patterns", String.join(",", mayReport))
          .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
          .execute();
      Known known = known(handle, id);
      if (!known.region().equals(region)) {
        handle.rollback();
        return Optional.of(
            "The agent '%s' is registered in region '%s'; an agent never changes its region, so give the new one another id."
                .formatted(id, known.region()));
      }
      if (known.keys().isEmpty()) {
        return addKey(handle, known.number(), key) ? Optional.empty() : foreign(handle, key);
      }
      return known.keys().contains(key.kid())
          ? Optional.empty()
          : Optional.of(
              "The agent '%s' is registered with another key (%s); give the new one another id."
                  .formatted(id, known.keys().getFirst()));
    });
  }

  private static Optional<String> foreign(Handle handle, VerificationKey key) {
    handle.rollback();
    return Optional.of(
        "The key %s belongs to another agent; make one of its own with 'webmon agent key'."
            .formatted(key.kid()));
  }

  private static Known known(Handle handle, String id) {
    return handle
        .createQuery(
            """
            select a.agent_id, a.region, coalesce(string_agg(k.kid, ' '), '') as kids
              from agent a left join agent_key k using (agent_id)
             where a.name = :id
             group by a.agent_id
            """)
        .bind("id", id)
        .map((row, context) -> {
          String kids = row.getString("kids");
          return new Known(
              row.getInt("agent_id"),
              row.getString("region"),
              kids.isEmpty() ? List.of() : List.of(kids.split(" ", -1)));
        })
        .one();
  }

  private boolean addKey(Handle handle, int agent, VerificationKey key) {
    return handle
            .createUpdate(
                """
                insert into agent_key (kid, agent_id, jwk, valid_from)
                values (:kid, :agent, :jwk, :now)
                on conflict (kid) do nothing
                """)
            .bind("kid", key.kid())
            .bind("agent", agent)
            .bind("jwk", key.jwk())
            .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
            .execute()
        == 1;
  }
}
