package webmon.server.ingest;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import webmon.report.Refusal;
import webmon.report.ReportHeader;
import webmon.server.agents.AgentKey;
import webmon.server.agents.AgentRegistry;
import webmon.server.agents.AgentRegistry.KeyChange;
import webmon.server.agents.OpenStream;

/** What retired keys may not do, and which keys retire; asked while the stream is locked. */
final class Retirement {
  private final AgentRegistry registry;

  Retirement(AgentRegistry registry) {
    this.registry = registry;
  }

  /**
   * Takes over the rotations in a report.
   *
   * @param stream the row that is no fork
   * @return the report without what its key may not say
   */
  Decoded apply(Handle handle, Decoded report, OpenStream stream) {
    ReportHeader header = report.opened().header();
    AgentKey key = report.opened().key();
    if (!key.covers(header.stream(), header.first(), stream.firstSeen())) {
      return Decoded.refusedWholly(
          report.opened(),
          report.transport(),
          report.receivedAt(),
          Refusal.REVOKED_KEY,
          "The key " + key.kid() + " was retired before.");
    }
    List<Decoded.Refused> refused = new ArrayList<>();
    for (KeyChange change : report.rotations()) {
      long sequence = change.line().sequence();
      registry
          .rotate(handle, change)
          .ifPresent(reason ->
              refused.add(new Decoded.Refused(sequence, sequence, reason, detail(reason, change))));
    }
    return report.refusing(refused);
  }

  private static String detail(Refusal reason, KeyChange change) {
    return reason == Refusal.REVOKED_KEY
        ? "The key " + change.former().kid() + " is not in use any more and names no other one."
        : "The key " + change.next().kid() + " is not a new one.";
  }
}
