package webmon.agent.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import webmon.agent.resultlog.Trouble;
import webmon.agent.transport.Sent;
import webmon.agent.transport.Transport;
import webmon.report.Envelope;

/**
 * Brings what is in the outbox to the server until the server says that it has it: picks, encrypts,
 * sends, asks, concludes. One step at a time, by one thread ({@link CourierThread}).
 */
final class Courier {
  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

  /** When there is nothing to wait for but a signal. */
  private static final long LONGEST_WAIT_NANOS = Duration.ofSeconds(30).toNanos();

  private final Outbox outbox;
  private final Parcels parcels;
  private final Settling settling;
  private final ServerKeys keys;
  private final ServerWord word;
  private final Ledger ledger;
  private final List<Way> ways;
  private final @Nullable Way direct;
  private final Asking asking;
  private final LongSupplier nanos;
  private final RandomGenerator random;
  private final Trouble refusing = new Trouble(LOG, "A report is not taken");

  Courier(
      Outbox outbox,
      Parcels parcels,
      Settling settling,
      ServerKeys keys,
      ServerWord word,
      Ledger ledger,
      Routes routes,
      LongSupplier nanos,
      RandomGenerator random) {
    this.outbox = outbox;
    this.parcels = parcels;
    this.settling = settling;
    this.keys = keys;
    this.word = word;
    this.ledger = ledger;
    this.ways = routes.transports().stream().map(way -> new Way(way, random)).toList();
    Transport directly = routes.direct();
    this.direct = directly == null ? null : new Way(directly, random);
    this.asking = new Asking(routes, settling, word, nanos, random);
    this.nanos = nanos;
    this.random = random;
  }

  /**
   * Does what is due.
   *
   * @return nanoseconds until something will be due by itself; 0 if there is more to do now
   */
  long step() throws IOException {
    asking.ask(streamsToAsk());
    boolean sent = deliver(ways, false);
    if (direct != null) {
      sent |= deliver(List.of(direct), true);
    }
    return sent ? 0 : idle();
  }

  /** Whether something was never sent and could be sent now. */
  boolean couldSend() {
    long now = nanos.getAsLong();
    return parcels.anyUnsent() && ways.stream().anyMatch(way -> way.ready(now));
  }

  private Set<String> streamsToAsk() {
    Set<String> streams = parcels.awaited(contested());
    streams.addAll(settling.toBeAsked());
    return streams;
  }

  private Set<String> contested() {
    return direct == null ? Set.of() : settling.contested();
  }

  private long idle() {
    long now = nanos.getAsLong();
    long wait = LONGEST_WAIT_NANOS;
    Long due = parcels.wait(contested(), false, now);
    if (due != null) {
      wait = Math.min(wait, Math.max(due, soonest(ways, now)));
    }
    if (direct != null) {
      due = parcels.wait(contested(), true, now);
      if (due != null) {
        wait = Math.min(wait, Math.max(due, direct.nanosUntilReady(now)));
      }
    }
    return streamsToAsk().isEmpty() ? wait : Math.min(wait, asking.nanosUntilNext(now));
  }

  private static long soonest(List<Way> ways, long now) {
    return ways.stream().mapToLong(way -> way.nanosUntilReady(now)).min().orElse(0);
  }

  private boolean deliver(List<Way> candidates, boolean directly) throws IOException {
    long now = nanos.getAsLong();
    for (Way way : candidates) {
      if (way.ready(now)) {
        List<Parcel> chosen =
            parcels.next(contested(), directly, way.transport().mostAtOnce(), now);
        if (chosen.isEmpty()) {
          return false;
        }
        send(way, chosen);
        return true;
      }
    }
    return false;
  }

  private void send(Way way, List<Parcel> chosen) throws IOException {
    List<Parcel> going = new ArrayList<>();
    List<byte[]> sealed = new ArrayList<>();
    for (Parcel parcel : chosen) {
      byte[] bytes = seal(parcel);
      if (bytes != null && bytes.length > way.transport().mostBytes()) {
        notTaken(parcel, "it is too large for " + way.transport().name(), null);
      } else if (bytes != null) {
        going.add(parcel);
        sealed.add(bytes);
      }
    }
    if (going.isEmpty()) {
      return;
    }
    long before = nanos.getAsLong();
    List<Sent> answers = way.transport().send(sealed);
    boolean any = answers.stream().anyMatch(answer -> !(answer instanceof Sent.Failed));
    List<Parcel> accepted = new ArrayList<>();
    for (int i = 0; i < going.size(); i++) {
      Parcel parcel = going.get(i);
      switch (answers.get(i)) {
        case Sent.Accepted taken -> accepted.add(parcel);
        case Sent.Acknowledged answer -> acknowledged(way, parcel, answer, before);
        case Sent.Failed failed -> failed(way, parcel, failed, any);
      }
    }
    if (!accepted.isEmpty()) {
      accepted(way, accepted, before);
    }
  }

  private void accepted(Way way, List<Parcel> accepted, long before) throws IOException {
    way.works();
    accepted.forEach(parcel -> sent(parcel, before));
    if (asking.isVain()) {
      settling.accepted(accepted);
    }
  }

  private byte @Nullable [] seal(Parcel parcel) throws IOException {
    try {
      String jws = outbox.read(parcel.name());
      return Envelope.seal(jws, keys.encryptionKey(parcel.sends()))
          .getBytes(StandardCharsets.US_ASCII);
    } catch (NoSuchFileException gone) {
      if (parcels.has(parcel)) {
        LOG.warn("Somebody deleted report {}: its lines are lost", parcel.name().file());
        ledger.lost(parcel.report().lines());
        outbox.delete(List.of(parcel.name()));
      }
      return null;
    }
  }

  private void acknowledged(Way way, Parcel parcel, Sent.Acknowledged answer, long before)
      throws IOException {
    switch (word.hear(answer.jws(), parcel.name().stream())) {
      case ServerWord.Heard.Verified verified -> {
        way.works();
        sent(parcel, before);
        settling.heard(verified.acknowledgement(), nanos.getAsLong(), parcel.name());
      }
      case ServerWord.Heard.Nothing nothing ->
          way.failed(nanos.getAsLong(), nothing.sentence(), null);
    }
  }

  private void failed(Way way, Parcel parcel, Sent.Failed failed, boolean othersWent) {
    if (!failed.passing()) {
      notTaken(parcel, failed.sentence(), failed.cause());
    } else if (othersWent) {
      parcels.put(parcel.notBefore(nanos.getAsLong() + Backoff.nanos(3, random)));
    } else if (way.ready(nanos.getAsLong())) {
      // Once for all that went together.
      way.failed(nanos.getAsLong(), failed.sentence(), failed.cause());
    }
  }

  private void sent(Parcel parcel, long at) {
    parcels.sent(parcel, at, contested().contains(parcel.name().stream()));
    asking.somethingWent();
  }

  private void notTaken(Parcel parcel, String sentence, @Nullable Throwable cause) {
    refusing.occurred(parcel.name().file() + ": " + sentence, cause);
    parcels.put(parcel.notBefore(nanos.getAsLong() + Parcel.MISSED_AFTER.toNanos()));
  }
}
