package webmon.server.ingest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import webmon.monitor.Sha256;
import webmon.report.Limits;
import webmon.report.MalformedPayloadException;
import webmon.report.PayloadCodec;
import webmon.report.Report;
import webmon.report.UnknownVersionException;

/** Reads the signed reports that were kept as evidence back into lines. */
public final class EvidenceReader {
  private final Jdbi jdbi;

  public EvidenceReader(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * A line as it stands in the agent's log.
   *
   * @param forkNo 0, or the fork whose report it is in
   * @param sha256 of the line without line feed, 64 hex digits
   */
  public record Line(int forkNo, long sequence, String sha256) {}

  /** All lines of a stream that are held as evidence, by fork and sequence. */
  public List<Line> lines(String agent, String stream) {
    return jdbi.withHandle(handle -> {
      List<Line> lines = new ArrayList<>();
      handle
          .createQuery(
              """
              select s.fork_no, e.jws
              from stream s
              join agent a on a.agent_id = s.agent_id
              join report r on r.stream_id = s.stream_id
              join report_evidence e
                on e.report_id = r.report_id and e.received_at = r.received_at
              where a.name = :agent and s.stream = :stream and r.kind = 'lines'
              order by s.fork_no, r.first
              """)
          .bind("agent", agent)
          .bind("stream", stream)
          .setFetchSize(50)
          .map((row, context) -> read(row.getInt(1), row.getString(2)))
          .forEach(lines::addAll);
      return lines;
    });
  }

  /** It was verified when it was stored, so its signature is not looked at again. */
  private static List<Line> read(int forkNo, String jws) {
    byte[] payload =
        Base64.getUrlDecoder().decode(jws.split("\\.", -1)[1].getBytes(StandardCharsets.US_ASCII));
    try {
      Report report = PayloadCodec.unfold(payload, Limits.SERVER);
      List<Line> lines = new ArrayList<>();
      long sequence = report.header().first();
      for (byte[] line : report.lines()) {
        lines.add(new Line(forkNo, sequence++, Sha256.hex(line)));
      }
      return lines;
    } catch (MalformedPayloadException | UnknownVersionException refusedAsAWhole) {
      return List.of();
    }
  }
}
