package webmon.agent.report;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import webmon.agent.resultlog.Chunk;
import webmon.report.Limits;
import webmon.report.Report;
import webmon.report.ReportHeader;
import webmon.report.SignedReport;
import webmon.report.SigningKey;
import webmon.result.LineCodec;
import webmon.result.MalformedLineException;
import webmon.result.MicrosecondTime;
import webmon.result.Origin;

/**
 * Makes signed reports of logged lines and puts them into the outbox. A range that is in the outbox
 * or was ended is never sealed again.
 */
final class Sealer {
  /**
   * Of the envelope around a signed report: header, nonce, tag and dots, with a little to spare.
   */
  private static final int ENVELOPE_BYTES = 384;

  private final SigningKey key;
  private final String deployment;
  private final String boot;
  private final Outbox outbox;
  private final Ledger ledger;
  private final ServerWord word;
  private final InstantSource clock;

  Sealer(
      SigningKey key,
      String deployment,
      String boot,
      Outbox outbox,
      Ledger ledger,
      ServerWord word,
      InstantSource clock) {
    this.key = key;
    this.deployment = deployment;
    this.boot = boot;
    this.outbox = outbox;
    this.ledger = ledger;
    this.word = word;
    this.clock = clock;
  }

  /** Reads lines back, as the result log does. */
  @FunctionalInterface
  interface Lines {
    Chunk read(long from, long to, int mostLines, int mostBytes) throws IOException;
  }

  /** Text that was sealed, and what became of it. */
  record Measured(long textBytes, long sealedBytes) {}

  /**
   * Seals everything of a stream that is not sealed yet. What was put into the outbox before a
   * failure stays there.
   *
   * @param current its agent and region are those of lines that do not say theirs
   * @param to the last sequence
   */
  Measured seal(Origin current, @Nullable CurrentStream beginning, Lines lines, long to)
      throws IOException {
    long text = 0;
    long sealed = 0;
    Outbox.Tail tail = outbox.tail(current.stream());
    while (tail.sequence() < to) {
      long from = tail.sequence() + 1;
      Chunk chunk = lines.read(from, to, Batching.MOST_LINES, Batching.MOST_TEXT_BYTES);
      ReportHeader.Continuation continues = from == 1 ? continuation(beginning) : null;
      if (chunk.lost()) {
        ReportName name = new ReportName(current.stream(), from, chunk.last());
        gap(name, current, continues, tail.hash(), null);
        ledger.lost(name.lines());
      } else {
        String jws = cut(origin(current, chunk), continues, tail.hash(), chunk);
        sealed += sealedBytes(jws);
        text += chunk.lines().stream().mapToLong(line -> line.length + 1L).sum();
      }
      tail = outbox.tail(current.stream());
    }
    return new Measured(text, sealed);
  }

  private ReportHeader.@Nullable Continuation continuation(@Nullable CurrentStream beginning) {
    if (beginning == null || beginning.former() == null) {
      return null;
    }
    return new ReportHeader.Continuation(
        beginning.former(), beginning.formerTail(), outbox.tail(beginning.former()).hash());
  }

  private static Origin origin(Origin current, Chunk chunk) {
    try {
      return LineCodec.decode(chunk.lines().getFirst()).origin();
    } catch (MalformedLineException e) {
      return current;
    }
  }

  /** Seals as many of these lines as fit. */
  private String cut(
      Origin origin,
      ReportHeader.@Nullable Continuation continues,
      @Nullable String previous,
      Chunk chunk)
      throws IOException {
    int count = chunk.lines().size();
    while (true) {
      long last = chunk.first() + count - 1;
      List<byte[]> lines = chunk.lines().subList(0, count);
      ReportHeader header =
          header(
              ReportHeader.Kind.LINES,
              origin,
              continues,
              chunk.first(),
              last,
              count,
              previous,
              null);
      String jws = SignedReport.sign(new Report(header, lines), key);
      int bytes = sealedBytes(jws);
      if (bytes <= Limits.AGENT_SEALED_BYTES || count == 1) {
        outbox.put(new ReportName(origin.stream(), chunk.first(), last), jws, false);
        return jws;
      }
      count = Math.clamp(count * 95L * Limits.AGENT_SEALED_BYTES / bytes / 100, 1, count - 1);
    }
  }

  /**
   * Declares lines lost.
   *
   * @param dropped the hash of the last report that was dropped; null: it had not been sealed
   */
  void gap(
      ReportName name,
      Origin origin,
      ReportHeader.@Nullable Continuation continues,
      @Nullable String previous,
      @Nullable String dropped)
      throws IOException {
    ReportHeader header =
        header(
            ReportHeader.Kind.GAP,
            origin,
            continues,
            name.first(),
            name.last(),
            0,
            previous,
            dropped);
    outbox.put(name, SignedReport.sign(new Report(header, List.of()), key), true);
  }

  private ReportHeader header(
      ReportHeader.Kind kind,
      Origin origin,
      ReportHeader.@Nullable Continuation continues,
      long first,
      long last,
      int lines,
      @Nullable String previous,
      @Nullable String dropped) {
    Duration offset = word.clockOffset();
    return new ReportHeader(
        kind,
        deployment,
        origin.agent(),
        origin.stream(),
        continues,
        origin.region(),
        first,
        last,
        lines,
        previous,
        clock.instant().truncatedTo(ChronoUnit.MICROS),
        offset == null ? null : MicrosecondTime.micros(offset),
        boot,
        dropped);
  }

  /** How long a signed report will be once it is encrypted. */
  static int sealedBytes(String jws) {
    return (jws.length() + 2) / 3 * 4 + ENVELOPE_BYTES;
  }
}
