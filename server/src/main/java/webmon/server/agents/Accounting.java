package webmon.server.agents;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import webmon.report.Acknowledgement;
import webmon.report.Acknowledgement.Range;
import webmon.report.Acknowledgement.RefusedRange;
import webmon.server.agents.StreamAccount.View;

/**
 * What is committed of a stream, as an acknowledgement. Where a stream has forks, nothing is said
 * to be settled that a copy of the agent may still hold alone: without a word on which copy is
 * asking, only what is settled in all rows; for the sender of a known report, what is settled in
 * the row that holds it and, before its first sequence, in the row it was forked from.
 */
public final class Accounting {
  /** Ranges after so many are left out; the agent sends them again and asks again. */
  private static final int MOST_RANGES = 1_000;

  private final Jdbi jdbi;
  private final InstantSource clock;

  public Accounting(Jdbi jdbi, InstantSource clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /**
   * The acknowledgement of a stream, for its agent; of one that is not known yet, that nothing was
   * received. That the agent asks is noted: it is not queue-acknowledged.
   *
   * @param report SHA-256 of a report's JWS that the asker has sent, 64 hex digits, if it says so
   * @return empty if there is no such agent
   */
  public Optional<Acknowledgement> acknowledgement(
      String agent, String stream, @Nullable String report) {
    jdbi.useHandle(handle -> noteAsked(handle, agent));
    return look(agent, stream, report);
  }

  /** The same for anybody else: nothing is noted. */
  public Optional<Acknowledgement> look(String agent, String stream, @Nullable String report) {
    return jdbi.inTransaction(handle -> {
      Optional<Integer> agentId = number(handle, agent);
      if (agentId.isEmpty()) {
        return Optional.empty();
      }
      List<StreamAccount> family =
          StreamAccount.family(handle, new StreamName(agentId.get(), stream));
      View view = View.NOTHING;
      if (!family.isEmpty()) {
        view = StreamAccount.common(family);
        for (StreamAccount row : family) {
          if (family.size() > 1 && report != null && row.holdsReport(handle, report)) {
            view = row.view(family);
          }
        }
      }
      return Optional.of(acknowledgement(handle, agent, stream, family, view));
    });
  }

  /** The answer to a report that was stored in this row. */
  public Acknowledgement acknowledgement(String agent, StreamName name, int streamRow) {
    return jdbi.inTransaction(handle -> {
      noteAsked(handle, agent);
      List<StreamAccount> family = StreamAccount.family(handle, name);
      View view = View.NOTHING;
      for (StreamAccount row : family) {
        if (row.id() == streamRow) {
          view = row.view(family);
        }
      }
      return acknowledgement(handle, agent, name.stream(), family, view);
    });
  }

  private Acknowledgement acknowledgement(
      Handle handle, String agent, String stream, List<StreamAccount> family, View view) {
    Deployment deployment = Deployment.read(handle);
    long contiguous = view.settled().contiguous();
    List<RefusedRange> refused = new ArrayList<>();
    for (int row : view.rows()) {
      for (RefusedRange range : Refusals.of(handle, row)) {
        if (!view.refused().and(ranges(range.range())).isEmpty()) {
          refused.add(range);
        }
      }
    }
    return new Acknowledgement(
        deployment.id(),
        agent,
        stream,
        contiguous,
        view.received().ranges().stream()
            .filter(range -> range.last() >= contiguous)
            .limit(MOST_RANGES)
            .toList(),
        refused,
        family.isEmpty() ? null : family.getFirst().fork(),
        deployment.storeEpoch(),
        clock.instant());
  }

  private static SequenceRanges ranges(Range range) {
    return SequenceRanges.of(range.first(), range.last());
  }

  /** Notes, at most once a minute, that the agent hears us. */
  private void noteAsked(Handle handle, String agent) {
    handle
        .createUpdate(
            """
            update agent set acknowledged_at = :now
            where name = :agent
              and (acknowledged_at is null or acknowledged_at < :now::timestamptz - interval '1 minute')
            """)
        .bind("now", clock.instant())
        .bind("agent", agent)
        .execute();
  }

  private static Optional<Integer> number(Handle handle, String agent) {
    return handle
        .createQuery("select agent_id from agent where name = :agent and removed_at is null")
        .bind("agent", agent)
        .mapTo(Integer.class)
        .findOne();
  }
}
