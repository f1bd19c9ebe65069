package webmon.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import webmon.report.Acknowledgement;
import webmon.report.Acknowledgement.Range;
import webmon.report.Acknowledgement.RefusedRange;

final class SettlementTest {
  private static final String STREAM = "0123456789abcdef0123456789abcdef";
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Watermark KNOWN = Watermark.none(STREAM).heard(2, "epoch", false);

  @Test
  void endsWhatTheServerHasOfWhatWasSent() {
    Settlement settlement =
        settle(
            word(4, List.of(new Range(7, 8)), List.of(), null),
            KNOWN,
            20,
            100,
            null,
            sent(1, 2, 50),
            sent(3, 4, 50),
            sent(5, 6, 50),
            sent(7, 8, 50),
            unsent(7, 8));
    assertThat(settlement.ended()).containsExactly(name(1, 2), name(3, 4), name(7, 8));
    assertThat(settlement.endedLines()).isEqualTo(6);
    assertThat(settlement.contested()).isFalse();
    assertThat(settlement.heard().contiguous()).isEqualTo(4);
  }

  @Test
  void endsNothingThatWasSentAfterTheWordWasAskedFor() {
    Settlement settlement =
        settle(word(4, List.of(), List.of(), null), KNOWN, 20, 100, null, sent(1, 2, 101));
    assertThat(settlement.ended()).isEmpty();
  }

  @Test
  void countsRefusedLinesOfWhatEnds() {
    Settlement settlement =
        settle(
            word(2, List.of(), List.of(new RefusedRange(new Range(4, 9), "may_not_report")), null),
            KNOWN.heard(2, "epoch", false),
            20,
            100,
            null,
            sent(1, 2, 50),
            sent(4, 5, 50),
            sent(8, 11, 50));
    assertThat(settlement.ended()).containsExactly(name(1, 2), name(4, 5));
    assertThat(settlement.refusedLines()).isEqualTo(2);
  }

  @Test
  void aSequenceAboveTheTailContestsTheStream() {
    for (Acknowledgement word :
        List.of(
            word(21, List.of(), List.of(), null),
            word(2, List.of(new Range(19, 21)), List.of(), null),
            word(2, List.of(), List.of(new RefusedRange(new Range(21, 21), "malformed")), null),
            word(2, List.of(), List.of(), new Range(1, 2)))) {
      Settlement settlement = settle(word, KNOWN, 20, 100, null, sent(1, 2, 50));
      assertThat(settlement.contested()).isTrue();
      assertThat(settlement.ended()).isEmpty();
      assertThat(settlement.heard().contested()).isTrue();
    }
    assertThat(settle(word(20, List.of(), List.of(), null), KNOWN, 20, 100, null).contested())
        .isFalse();
  }

  @Test
  void aContestedReportEndsByItsOwnAnswerOnly() {
    Watermark contested = KNOWN.heard(2, "epoch", true);
    Settlement settlement =
        settle(
            word(8, List.of(), List.of(), null),
            contested,
            20,
            100,
            name(3, 4),
            sent(1, 2, 50),
            sent(3, 4, 50));
    assertThat(settlement.ended()).containsExactly(name(3, 4));
    assertThat(settlement.contested()).as("for ever").isTrue();
  }

  @Test
  void anAnswerThatDoesNotCoverItsReportEndsNothing() {
    Settlement settlement =
        settle(word(2, List.of(), List.of(), null), KNOWN, 20, 100, name(3, 4), sent(3, 4, 50));
    assertThat(settlement.ended()).isEmpty();
  }

  @Test
  void aNewEpochOrALowerContiguousAsksForMoreOnceSomethingWasKnown() {
    Acknowledgement lower = word(1, List.of(), List.of(), null);
    assertThat(settle(lower, KNOWN, 20, 100, null).again()).isTrue();
    assertThat(settle(lower, Watermark.none(STREAM), 20, 100, null).again()).isFalse();
    Watermark otherEpoch = KNOWN.heard(2, "former", false);
    assertThat(settle(word(9, List.of(), List.of(), null), otherEpoch, 20, 100, null).again())
        .isTrue();
    assertThat(settle(word(2, List.of(), List.of(), null), KNOWN, 20, 100, null).again()).isFalse();
  }

  /** Whatever a server says: only what was sent, and only where the stream is ours alone. */
  @Property
  void neverEndsWhatMayBeAboutSomebodyElse(
      @ForAll @IntRange(min = 0, max = 30) int contiguous,
      @ForAll @IntRange(min = 1, max = 30) int first,
      @ForAll @IntRange(min = 0, max = 10) int length,
      @ForAll @IntRange(min = 0, max = 30) int tail,
      @ForAll boolean fork,
      @ForAll boolean contested,
      @ForAll List<@IntRange(min = 0, max = 200) Integer> sentAt) {
    Acknowledgement word =
        word(
            contiguous,
            List.of(new Range(first, first + length)),
            List.of(),
            fork ? new Range(1, 1) : null);
    List<Parcel> parcels = new ArrayList<>();
    for (int i = 0; i < sentAt.size(); i++) {
      parcels.add(sent(i * 2L + 1, i * 2L + 2, sentAt.get(i)));
    }
    Settlement settlement =
        Settlement.of(word, KNOWN.heard(2, "epoch", contested), tail, parcels, 100, null);
    boolean ours = !contested && !fork && contiguous <= tail && first + length <= tail;
    assertThat(settlement.contested()).isEqualTo(!ours);
    for (Parcel parcel : parcels) {
      boolean ends = settlement.ended().contains(parcel.name());
      boolean covered =
          parcel.name().last() <= Math.max(contiguous, first <= contiguous + 1 ? first + length : 0)
              || (first <= parcel.name().first() && parcel.name().last() <= first + length);
      assertThat(ends).isEqualTo(ours && parcel.sentBefore(100) && covered);
    }
  }

  private static Settlement settle(
      Acknowledgement word,
      Watermark former,
      long tail,
      long askedAt,
      @Nullable ReportName answered,
      Parcel... parcels) {
    return Settlement.of(word, former, tail, List.of(parcels), askedAt, answered);
  }

  private static Acknowledgement word(
      long contiguous, List<Range> received, List<RefusedRange> refused, @Nullable Range fork) {
    return new Acknowledgement(
        FakeServer.DEPLOYMENT, "a", STREAM, contiguous, received, refused, fork, "epoch", NOON);
  }

  private static ReportName name(long first, long last) {
    return new ReportName(STREAM, first, last);
  }

  private static Parcel unsent(long first, long last) {
    return Parcel.of(new Outstanding(name(first, last), 100, NOON, false));
  }

  private static Parcel sent(long first, long last, long at) {
    return unsent(first, last).sent(at);
  }
}
