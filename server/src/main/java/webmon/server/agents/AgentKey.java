package webmon.server.agents;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import webmon.report.VerificationKey;

/**
 * A key under which reports are verified, with what is known of its agent.
 *
 * @param agent the agent's id as configurations and lines carry it
 * @param region bound at registration
 * @param retirement null while it is in use
 * @param revokedAsOf reports received from this time on are refused; null: not revoked
 */
public record AgentKey(
    int agentId,
    String agent,
    String region,
    MayReport mayReport,
    VerificationKey key,
    @Nullable Retirement retirement,
    @Nullable Instant revokedAsOf) {

  /**
   * The agent has gone on to another key.
   *
   * @param sequence of the rotate line, the last one that this key may sign in that stream
   */
  public record Retirement(Instant at, String stream, long sequence) {}

  public String kid() {
    return key.kid();
  }

  public boolean isRevoked(Instant received) {
    return revokedAsOf != null && !received.isBefore(revokedAsOf);
  }

  /** Whether the key was still the agent's own when it signed this. */
  public boolean covers(String stream, long first, Instant sealedAt) {
    if (retirement == null) {
      return true;
    }
    // Older streams end before the rotation; only the agent's clock can say so.
    return retirement.stream().equals(stream)
        ? first <= retirement.sequence()
        : !sealedAt.isAfter(retirement.at());
  }
}
