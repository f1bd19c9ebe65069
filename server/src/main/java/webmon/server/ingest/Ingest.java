package webmon.server.ingest;

import com.codahale.metrics.MetricRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import webmon.report.DecryptionKey;
import webmon.report.Limits;
import webmon.report.Refusal;
import webmon.report.RejectedException;
import webmon.report.UnknownVersionException;
import webmon.server.agents.AgentRegistry;
import webmon.server.results.ResultWriter;
import webmon.server.store.DatabaseFailure;

/**
 * The way of a report into the store, the same for every transport: open, decode, store. Whatever
 * is given ends as {@link Outcome.Taken} or {@link Outcome.Rejected}, which are committed when
 * {@link #take} returns, or as {@link Outcome.Deferred}, which leaves nothing. Safe for any thread.
 */
public final class Ingest {
  private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);

  /** Unfolded reports in memory at a time, for each caller. */
  private static final long MOST_PENDING_BYTES = 8L * 1024 * 1024;

  private static final int TRIES = 3;

  private final Opener opener;
  private final Decoder decoder;
  private final ReportStore store;
  private final RejectionLog rejections;
  private final IngestMetrics metrics;
  private final InstantSource clock;
  private final Jdbi jdbi;

  /**
   * Makes the pipeline.
   *
   * @param deployment reports sealed for another one are refused
   * @param serverKeys the private keys that reports are encrypted for, by key id
   */
  public Ingest(
      Jdbi jdbi,
      String deployment,
      Function<String, Optional<DecryptionKey>> serverKeys,
      AgentRegistry registry,
      MetricRegistry metrics,
      InstantSource clock,
      LongSupplier nanos) {
    this.opener = new Opener(Limits.SERVER, serverKeys, registry::find);
    this.decoder = new Decoder(deployment);
    this.store = new ReportStore(jdbi, registry, new ResultWriter(jdbi), clock);
    this.rejections = new RejectionLog(jdbi, nanos);
    this.metrics = new IngestMetrics(metrics);
    this.clock = clock;
    this.jdbi = jdbi;
  }

  /** Whether the store would take something now, as far as asking it can tell. */
  public boolean storeAnswers() {
    try {
      return jdbi.withHandle(handle ->
          handle.createQuery("select not pg_is_in_recovery()").mapTo(Boolean.class).one());
    } catch (JdbiException e) {
      LOG.debug("The store does not answer", e);
      return false;
    }
  }

  private record Pending(int index, Decoded report) {}

  /** Takes in what was delivered; one outcome for each, in the same order. */
  public List<Outcome> take(List<Delivery> deliveries) {
    @Nullable Outcome[] outcomes = new @Nullable Outcome[deliveries.size()];
    List<Pending> pending = new ArrayList<>();
    List<RejectionLog.Entry> rejected = new ArrayList<>();
    Instant now = clock.instant();
    long bytes = 0;
    for (int i = 0; i < deliveries.size(); i++) {
      Delivery delivery = deliveries.get(i);
      try {
        Opened opened = opener.open(delivery.sealed());
        pending.add(new Pending(i, decoder.decode(opened, delivery.transport(), now)));
        bytes += opened.unfoldedBytes();
        if (bytes > MOST_PENDING_BYTES) {
          store(pending, outcomes);
          pending.clear();
          bytes = 0;
        }
      } catch (RejectedException e) {
        rejected.add(new RejectionLog.Entry(e.reason(), e.detail(), delivery, now));
        outcomes[i] = new Outcome.Rejected(e.reason(), e.detail());
      } catch (UnknownVersionException e) {
        LOG.warn("A report waits for a newer server: {}", e.getMessage());
        outcomes[i] =
            new Outcome.Deferred(Outcome.Cause.NEWER_VERSION, String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        outcomes[i] = failed(e);
      }
    }
    store(pending, outcomes);
    noteRejected(rejected, outcomes);
    List<Outcome> all = Arrays.stream(outcomes).map(Ingest::present).toList();
    all.forEach(metrics::ended);
    return all;
  }

  private void store(List<Pending> pending, @Nullable Outcome[] outcomes) {
    if (pending.isEmpty()) {
      return;
    }
    for (int attempt = 1; ; attempt++) {
      try {
        List<Decoded> reports = pending.stream().map(Pending::report).toList();
        List<Outcome.Taken> taken = store.store(reports, 0);
        metrics.taken(reports, taken);
        for (int i = 0; i < taken.size(); i++) {
          outcomes[pending.get(i).index()] = taken.get(i);
        }
        return;
      } catch (RuntimeException e) {
        DatabaseFailure failure = DatabaseFailure.of(e);
        if (attempt < TRIES
            && (failure == DatabaseFailure.CONFLICT || failure == DatabaseFailure.PARTITION)) {
          store.forgetPartitions();
        } else if (failure == DatabaseFailure.AWAY) {
          pending.forEach(one -> outcomes[one.index()] = failed(e));
          return;
        } else {
          // One of them may be poison: the others must not suffer for it.
          LOG.debug("Storing {} reports one by one", pending.size(), e);
          pending.forEach(one -> outcomes[one.index()] = storeAlone(one.report()));
          return;
        }
      }
    }
  }

  private Outcome storeAlone(Decoded report) {
    Decoded wanted = report;
    int passOver = 0;
    for (int attempt = 1; ; attempt++) {
      try {
        List<Outcome.Taken> taken = store.store(List.of(wanted), passOver);
        metrics.taken(List.of(wanted), taken);
        return taken.getFirst();
      } catch (ResultWriter.PlaceTakenException e) {
        // Another copy of the agent has checked in the same microsecond: each keeps its own.
        passOver++;
      } catch (RuntimeException e) {
        store.forgetPartitions();
        boolean poison = DatabaseFailure.of(e) == DatabaseFailure.DATA;
        if (poison && wanted == report) {
          LOG.warn("A report of agent {} cannot be stored", report.opened().key().agent(), e);
          wanted =
              Decoded.refusedWholly(
                  report.opened(),
                  report.transport(),
                  report.receivedAt(),
                  Refusal.MALFORMED,
                  "The database does not take it.");
          passOver = 0;
        } else if (poison || attempt >= TRIES || DatabaseFailure.of(e) == DatabaseFailure.AWAY) {
          return failed(e);
        }
      }
    }
  }

  private void noteRejected(List<RejectionLog.Entry> rejected, @Nullable Outcome[] outcomes) {
    if (rejected.isEmpty()) {
      return;
    }
    try {
      rejections.note(rejected);
    } catch (RuntimeException e) {
      // Without its trace, nothing is rejected for good.
      for (int i = 0; i < outcomes.length; i++) {
        if (outcomes[i] instanceof Outcome.Rejected) {
          outcomes[i] = failed(e);
        }
      }
    }
  }

  private static Outcome failed(RuntimeException e) {
    if (DatabaseFailure.of(e) == DatabaseFailure.AWAY) {
      LOG.debug("The store is away", e);
      return new Outcome.Deferred(Outcome.Cause.STORE_AWAY, "The database does not answer.");
    }
    LOG.error("A report could not be taken in; it is left where it came from", e);
    return new Outcome.Deferred(Outcome.Cause.FAULT, "A fault of the server; its log says more.");
  }

  private static Outcome present(@Nullable Outcome outcome) {
    if (outcome == null) {
      throw new IllegalStateException("a delivery without an outcome");
    }
    return outcome;
  }
}
