package webmon.server.ingest;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import webmon.report.DecryptionKey;
import webmon.report.Envelope;
import webmon.report.Limits;
import webmon.report.MalformedPayloadException;
import webmon.report.PayloadCodec;
import webmon.report.RejectedException;
import webmon.report.Rejection;
import webmon.report.Report;
import webmon.report.ReportHeader;
import webmon.report.SignedReport;
import webmon.report.UnknownVersionException;
import webmon.report.VerificationKey;
import webmon.server.agents.AgentKey;
import webmon.server.agents.SequenceRanges;

/** From what was delivered to an authentic report: size, decryption, signature, form; in turn. */
final class Opener {
  private final Limits limits;
  private final Function<String, Optional<DecryptionKey>> serverKeys;
  private final Function<String, Optional<AgentKey>> agentKeys;

  Opener(
      Limits limits,
      Function<String, Optional<DecryptionKey>> serverKeys,
      Function<String, Optional<AgentKey>> agentKeys) {
    this.limits = limits;
    this.serverKeys = serverKeys;
    this.agentKeys = agentKeys;
  }

  /**
   * Opens a report.
   *
   * @throws RejectedException if it is not authentic
   * @throws UnknownVersionException if it is, and a newer agent wrote it
   */
  Opened open(String sealed) throws RejectedException, UnknownVersionException {
    if (sealed.length() > limits.sealedBytes()) {
      throw new RejectedException(
          Rejection.TOO_LARGE, sealed.length() + " bytes, more than " + limits.sealedBytes());
    }
    String jws = Envelope.open(sealed, serverKeys);
    SignedReport.Authentic authentic =
        SignedReport.verify(jws, kid -> agentKeys.apply(kid).map(Opener::verification));
    // A key that went in between is as good as one that was never there.
    AgentKey key =
        agentKeys
            .apply(authentic.kid())
            .orElseThrow(
                () -> new RejectedException(Rejection.UNKNOWN_AGENT_KEY, "no key has this kid"));
    String hash = SignedReport.hash(jws);
    try {
      Report report = PayloadCodec.unfold(authentic.payload(), limits);
      long bytes = report.lines().stream().mapToLong(line -> line.length).sum();
      return new Opened(key, jws, hash, bounded(report.header()), report.lines(), bytes, null);
    } catch (MalformedPayloadException malformed) {
      ReportHeader header = malformed.header();
      if (header == null) {
        throw new RejectedException(Rejection.PAYLOAD, String.valueOf(malformed.getMessage()));
      }
      return new Opened(
          key, jws, hash, bounded(header), List.of(), 0, String.valueOf(malformed.getMessage()));
    }
  }

  private static VerificationKey verification(AgentKey key) {
    return key.key();
  }

  /** Without bounds, what cannot be stored could not be refused either. */
  private static ReportHeader bounded(ReportHeader header) throws RejectedException {
    ReportHeader.Continuation continues = header.continues();
    if (header.last() > SequenceRanges.GREATEST
        || (continues != null
            && (continues.sequence() < 0 || continues.sequence() > SequenceRanges.GREATEST))) {
      throw new RejectedException(Rejection.PAYLOAD, "a sequence above 2^53");
    }
    return header;
  }
}
