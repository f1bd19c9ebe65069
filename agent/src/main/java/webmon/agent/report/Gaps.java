package webmon.agent.report;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import webmon.report.Limits;
import webmon.report.MalformedPayloadException;
import webmon.report.PayloadCodec;
import webmon.report.ReportHeader;
import webmon.report.UnknownVersionException;

/** Reads the headers of reports that this agent signed itself. */
final class Gaps {
  /** A gap has no lines and is below this; nearly everything else is above. */
  static final int MOST_BYTES = 1_200;

  private Gaps() {}

  static boolean isGap(String jws) {
    return header(jws).filter(header -> header.kind() == ReportHeader.Kind.GAP).isPresent();
  }

  /** The header of an own report, whose signature is not looked at; empty if it is damaged. */
  static Optional<ReportHeader> header(String jws) {
    int from = jws.indexOf('.') + 1;
    int to = jws.indexOf('.', from);
    if (to < 0) {
      return Optional.empty();
    }
    try {
      byte[] segment = jws.substring(from, to).getBytes(StandardCharsets.US_ASCII);
      byte[] payload = Base64.getUrlDecoder().decode(segment);
      return Optional.of(PayloadCodec.unfold(payload, Limits.SERVER).header());
    } catch (MalformedPayloadException | UnknownVersionException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
