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
   * @param at by the server's clock
   * @param sequence of the rotate line, the last one that this key may sign in that stream
   */
  public record Retirement(Instant at, String stream, long sequence) {}

  public String kid() {
    return key.kid();
  }

  public boolean isRevoked(Instant received) {
    return revokedAsOf != null && !received.isBefore(revokedAsOf);
  }

  /**
   * Whether the key may sign this: a retired one only the stream it left, up to the rotation, and
   * streams that were there before. When a report was sealed is the signer's word alone.
   *
   * @param firstSeen when the server first heard of the stream
   */
  public boolean covers(String stream, long first, Instant firstSeen) {
    if (retirement == null) {
      return true;
    }
    return retirement.stream().equals(stream)
        ? first <= retirement.sequence()
        : firstSeen.isBefore(retirement.at());
  }
}
