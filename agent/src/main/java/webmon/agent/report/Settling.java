package webmon.agent.report;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import webmon.report.Acknowledgement;
import webmon.report.Acknowledgement.RefusedRange;

/** Does what follows from the server's word; for the courier's thread. */
final class Settling {
  private static final Logger LOG = LoggerFactory.getLogger(Settling.class);

  private final Outbox outbox;
  private final Parcels parcels;
  private final Ledger ledger;
  private final ToLongFunction<String> tails;
  private final Consumer<String> renew;
  private final InstantSource clock;
  private final Set<String> contested = new HashSet<>();
  private final Set<String> toBeAsked = new TreeSet<>();
  private final Set<String> refusalsTold = new HashSet<>();

  /**
   * With what it needs.
   *
   * @param tails the last sequence that was given in a stream
   * @param renew told of a contested stream, which is not to be gone on with
   */
  Settling(
      Outbox outbox,
      Parcels parcels,
      Ledger ledger,
      ToLongFunction<String> tails,
      Consumer<String> renew,
      InstantSource clock) {
    this.outbox = outbox;
    this.parcels = parcels;
    this.ledger = ledger;
    this.tails = tails;
    this.renew = renew;
    this.clock = clock;
    for (String stream : outbox.streams()) {
      if (outbox.watermark(stream).contested()) {
        contested.add(stream);
      }
    }
  }

  /**
   * Concludes from a verified acknowledgement.
   *
   * @param askedAt when it was asked for, of the nanosecond clock
   * @param answered the report that it is the answer to; null: it was asked for by itself
   */
  void heard(Acknowledgement word, long askedAt, @Nullable ReportName answered) throws IOException {
    String stream = word.stream();
    Watermark former = outbox.watermark(stream);
    long tail = tails.applyAsLong(stream);
    Settlement settlement =
        Settlement.of(word, former, tail, parcels.of(stream), askedAt, answered);
    parcels.received(stream, Settlement.highest(word));
    if (settlement.contested() && !former.contested()) {
      // First, so that a kill before it is known as contested lets this happen again.
      takeBack(outbox.takeBack(stream, name -> true));
      parcels.forget(stream, name -> true);
      LOG.warn(
          "The server has lines in stream {} that are not ours: was the data_dir restored or"
              + " copied? Its reports are sent by HTTPS one by one",
          stream);
    } else if (settlement.again()) {
      again(word, former);
    }
    if (!settlement.heard().equals(former) || !settlement.ended().isEmpty()) {
      end(settlement);
    }
    toBeAsked.remove(stream);
    if (settlement.contested()) {
      contested.add(stream);
      renew.accept(stream);
    }
    tellRefusals(word, settlement);
  }

  private void again(Acknowledgement word, Watermark former) throws IOException {
    LOG.warn(
        "The server has less of stream {} than it had (contiguous {}, was {}): what it lacks is"
            + " sent again",
        word.stream(),
        word.contiguous(),
        former.contiguous());
    parcels.forget(word.stream(), name -> !word.settles(name.first(), name.last()));
    takeBack(outbox.takeBack(word.stream(), name -> !word.settles(name.first(), name.last())));
    for (String other : outbox.streams()) {
      String epoch = outbox.watermark(other).storeEpoch();
      if (epoch != null && !epoch.equals(word.storeEpoch())) {
        toBeAsked.add(other);
      }
    }
  }

  private void takeBack(List<Outstanding> reports) {
    ledger.carried(reports.stream().mapToLong(Outstanding::lines).sum());
  }

  private void end(Settlement settlement) throws IOException {
    Instant now = clock.instant();
    if (settlement.ended().isEmpty()) {
      outbox.keep(settlement.heard());
    } else {
      outbox.end(settlement.heard(), settlement.ended(), now);
    }
    ledger.refused(settlement.refusedLines());
    ledger.acknowledged(settlement.endedLines() - settlement.refusedLines());
  }

  /** The queue has taken them, and there is nobody else to be asked. */
  void accepted(List<Parcel> taken) throws IOException {
    Map<String, List<Parcel>> byStream =
        taken.stream().collect(Collectors.groupingBy(parcel -> parcel.name().stream()));
    for (Map.Entry<String, List<Parcel>> stream : byStream.entrySet()) {
      List<ReportName> names = stream.getValue().stream().map(Parcel::name).toList();
      outbox.end(outbox.watermark(stream.getKey()), names, clock.instant());
      ledger.acknowledged(
          stream.getValue().stream().mapToLong(parcel -> parcel.report().lines()).sum());
    }
  }

  private void tellRefusals(Acknowledgement word, Settlement settlement) {
    if (settlement.refusedLines() == 0) {
      return;
    }
    for (RefusedRange refused : word.refused()) {
      if (refusalsTold.add(refused.reason())) {
        LOG.warn(
            "The server refuses results of this agent ({}), first sequences {} to {} of stream {}",
            refused.reason(),
            refused.range().first(),
            refused.range().last(),
            word.stream());
      }
    }
  }

  /** Streams whose reports end only by the answer to each. */
  Set<String> contested() {
    return contested;
  }

  /** Streams of which the server's word is wanted though nothing is outstanding. */
  Set<String> toBeAsked() {
    return toBeAsked;
  }
}
