package webmon.server.ingest;

import java.util.List;
import org.jspecify.annotations.Nullable;
import webmon.report.ReportHeader;
import webmon.server.agents.AgentKey;
import webmon.server.agents.StreamName;

/**
 * An authentic report.
 *
 * @param hash SHA-256 of the JWS, 64 hex digits
 * @param lines the log's bytes; empty where they could not be told apart
 * @param unfoldedBytes of the lines together
 * @param defect what is wrong with the payload beyond its header, or null
 */
record Opened(
    AgentKey key,
    String jws,
    String hash,
    ReportHeader header,
    List<byte[]> lines,
    long unfoldedBytes,
    @Nullable String defect) {
  Opened {
    lines = List.copyOf(lines);
  }

  StreamName stream() {
    return new StreamName(key.agentId(), header.stream());
  }
}
