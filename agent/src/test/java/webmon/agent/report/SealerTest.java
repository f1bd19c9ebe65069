package webmon.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import webmon.agent.resultlog.Chunk;
import webmon.report.DecryptionKey;
import webmon.report.Envelope;
import webmon.report.Limits;
import webmon.report.PayloadCodec;
import webmon.report.Report;
import webmon.report.ReportHeader;
import webmon.report.SignedReport;
import webmon.report.SigningKey;
import webmon.result.Origin;

final class SealerTest {
  private static final String STREAM = "0123456789abcdef0123456789abcdef";
  private static final Origin ORIGIN = new Origin("a", STREAM, "here");
  private static final DecryptionKey SERVER = DecryptionKey.generate();
  private static final SigningKey SERVER_SIGNING = SigningKey.generate();
  private static final SigningKey AGENT = SigningKey.generate();
  private static final InstantSource NOON =
      InstantSource.fixed(Instant.parse("2026-11-20T12:00:00Z"));

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @Test
  void declaresWhatNobodyCanReadAndGoesOnBehindIt() throws Exception {
    Outbox outbox = Outbox.open(folder.resolve("outbox"), folder.resolve("acknowledged"));
    Ledger ledger = new Ledger();
    List<byte[]> lines = lines(9, 100, 1);
    Sealer.Lines damaged =
        (from, to, mostLines, mostBytes) ->
            from >= 4 && from <= 6
                ? new Chunk(from, 6, List.of())
                : chunk(lines, from, from < 4 ? 3 : to, mostLines);

    sealer(outbox, ledger).seal(ORIGIN, null, damaged, 9);

    List<Report> reports = reports(outbox);
    assertThat(reports)
        .extracting(report -> report.header().kind())
        .containsExactly(ReportHeader.Kind.LINES, ReportHeader.Kind.GAP, ReportHeader.Kind.LINES);
    assertThat(reports.get(1).header().first()).isEqualTo(4);
    assertThat(reports.get(1).header().last()).isEqualTo(6);
    assertThat(ledger.lost()).isEqualTo(3);
    assertThat(outbox.lines()).isEqualTo(6);
  }

  @Test
  void namesTheFormerStreamInTheFirstReportOnly() throws Exception {
    Outbox outbox = Outbox.open(folder.resolve("outbox"), folder.resolve("acknowledged"));
    String former = "ffffffffffffffffffffffffffffffff";
    outbox.put(new ReportName(former, 1, 7), "x.y.z", false);
    CurrentStream beginning = new CurrentStream(ORIGIN, null, former, 7);
    List<byte[]> lines = lines(4, 100, 1);
    Sealer.Lines log = (from, to, mostLines, mostBytes) -> chunk(lines, from, to, mostLines);

    Sealer sealer = sealer(outbox, new Ledger());
    sealer.seal(ORIGIN, beginning, log, 2);
    sealer.seal(ORIGIN, beginning, log, 4);

    List<Report> reports = reports(outbox);
    assertThat(reports.getFirst().header().continues())
        .isEqualTo(new ReportHeader.Continuation(former, 7, SignedReport.hash("x.y.z")));
    assertThat(reports.getLast().header().continues()).isNull();
  }

  /** However long and however random the lines: each is in one report, and none is too large. */
  @Property(tries = 40)
  void everyLineIsInOneReportThatFits(
      @ForAll @IntRange(min = 1, max = 1_500) int count,
      @ForAll @IntRange(min = 1, max = 3_000) int most,
      @ForAll long seed)
      throws Exception {
    Path temp = Files.createTempDirectory("sealer");
    Outbox outbox = Outbox.open(temp.resolve("outbox"), temp.resolve("acknowledged"));
    List<byte[]> lines = lines(count, most, seed);
    sealer(outbox, new Ledger())
        .seal(
            ORIGIN,
            null,
            (from, to, mostLines, mostBytes) -> chunk(lines, from, to, mostLines),
            count);

    long next = 1;
    String previous = null;
    List<byte[]> read = new ArrayList<>();
    for (Outstanding one : bySequence(outbox)) {
      String jws = outbox.read(one.name());
      String sealed = Envelope.seal(jws, SERVER.publicKey());
      assertThat(sealed.length()).isLessThanOrEqualTo(Sealer.sealedBytes(jws));
      assertThat(sealed.length() <= Limits.AGENT_SEALED_BYTES || one.lines() == 1).isTrue();
      Report report = open(jws);
      assertThat(report.header().first()).isEqualTo(next);
      assertThat(report.header().previous()).isEqualTo(previous);
      next = report.header().last() + 1;
      previous = SignedReport.hash(jws);
      read.addAll(report.lines());
    }
    assertThat(next).isEqualTo(count + 1);
    assertThat(read).usingElementComparator(java.util.Arrays::compare).isEqualTo(lines);
  }

  private static Chunk chunk(List<byte[]> lines, long from, long to, int most) {
    long last = Math.min(to, from + most - 1);
    return new Chunk(from, last, lines.subList((int) from - 1, (int) last));
  }

  private static List<byte[]> lines(int count, int most, long seed) {
    Random random = new Random(seed);
    List<byte[]> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StringBuilder line = new StringBuilder("{\"x\":\"");
      int length = random.nextInt(most);
      random.ints(length, 35, 91).forEach(line::appendCodePoint);
      lines.add(line.append("\"}").toString().getBytes(StandardCharsets.UTF_8));
    }
    return lines;
  }

  private static Sealer sealer(Outbox outbox, Ledger ledger) {
    ServerKeys keys =
        ServerKeys.of(List.of(SERVER.publicKey().jwk(), SERVER_SIGNING.publicKey().jwk()), true);
    ServerWord word = new ServerWord(FakeServer.DEPLOYMENT, "a", keys, NOON);
    return new Sealer(AGENT, FakeServer.DEPLOYMENT, STREAM, outbox, ledger, word, NOON);
  }

  private static List<Outstanding> bySequence(Outbox outbox) {
    return outbox.outstanding().stream()
        .filter(one -> one.name().stream().equals(STREAM))
        .sorted(java.util.Comparator.comparingLong(one -> one.name().first()))
        .toList();
  }

  private static List<Report> reports(Outbox outbox) throws Exception {
    List<Report> reports = new ArrayList<>();
    for (Outstanding one : bySequence(outbox)) {
      reports.add(open(outbox.read(one.name())));
    }
    return reports;
  }

  private static Report open(String jws) throws Exception {
    SignedReport.Authentic authentic =
        SignedReport.verify(jws, kid -> Optional.of(AGENT.publicKey()));
    return PayloadCodec.unfold(authentic.payload(), Limits.SERVER);
  }

  @Test
  void theOutboxKnowsWhereSealingGoesOn() throws IOException {
    Path outboxFolder = folder.resolve("outbox");
    Path acknowledged = folder.resolve("acknowledged");
    Outbox outbox = Outbox.open(outboxFolder, acknowledged);
    assertThat(outbox.tail(STREAM)).isEqualTo(new Outbox.Tail(0, null));
    outbox.put(new ReportName(STREAM, 1, 3), "a.b.c", false);
    outbox.put(new ReportName(STREAM, 4, 4), "d.e.f", false);
    Outbox.Tail tail = new Outbox.Tail(4, SignedReport.hash("d.e.f"));
    assertThat(outbox.tail(STREAM)).isEqualTo(tail);
    assertThat(Outbox.open(outboxFolder, acknowledged).tail(STREAM)).isEqualTo(tail);

    outbox.end(Watermark.none(STREAM), List.of(new ReportName(STREAM, 4, 4)), NOON.instant());
    assertThat(Outbox.open(outboxFolder, acknowledged).tail(STREAM)).isEqualTo(tail);
    assertThat(outbox.size()).isEqualTo(1);
    outbox.end(outbox.watermark(STREAM), List.of(new ReportName(STREAM, 1, 3)), NOON.instant());
    assertThat(outbox.size()).isZero();
    assertThat(Outbox.open(outboxFolder, acknowledged).tail(STREAM)).isEqualTo(tail);

    assertThat(outbox.takeBack(STREAM, name -> name.first() == 1)).hasSize(1);
    assertThat(outbox.read(new ReportName(STREAM, 1, 3))).isEqualTo("a.b.c");
    assertThat(outbox.tail(STREAM)).isEqualTo(tail);
  }

  @Test
  void keptReportsGoAfterTwoDaysOrWhenRoomIsNeeded() throws IOException {
    Outbox outbox = Outbox.open(folder.resolve("outbox"), folder.resolve("acknowledged"));
    for (int i = 1; i <= 3; i++) {
      ReportName name = new ReportName(STREAM, i, i);
      outbox.put(name, "0123456789", false);
      outbox.end(outbox.watermark(STREAM), List.of(name), NOON.instant().plusSeconds(3_600L * i));
    }
    KeptReports kept = outbox.kept();
    assertThat(kept.bytes()).isEqualTo(3 * 4096);
    assertThat(kept.purge(NOON.instant().plusSeconds(3_600 * 4), -100)).isZero();
    assertThat(kept.purge(NOON.instant().plus(KeptReports.KEPT).plusSeconds(3_600), 0))
        .isEqualTo(4096);
    assertThat(kept.purge(NOON.instant().plusSeconds(3_600 * 4), 5)).isEqualTo(4096);
    assertThat(kept.of(STREAM)).containsExactly(new ReportName(STREAM, 3, 3));
    assertThat(kept.bytes()).isEqualTo(4096);
  }

  @Test
  void nothingChangesOnTheDiskOnceTheOutboxIsClosed() throws IOException {
    Outbox outbox = Outbox.open(folder.resolve("outbox"), folder.resolve("acknowledged"));
    outbox.close();
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> outbox.put(new ReportName(STREAM, 1, 1), "a.b.c", false))
        .isInstanceOf(IOException.class);
    assertThat(folder.resolve("outbox")).isEmptyDirectory();
  }
}
