package webmon.server.agents;

/** A stream as reports name it: the agent's row and the stream's 32 hex digits. */
public record StreamName(int agentId, String stream) implements Comparable<StreamName> {
  @Override
  public int compareTo(StreamName other) {
    int byAgent = Integer.compare(agentId, other.agentId);
    return byAgent != 0 ? byAgent : stream.compareTo(other.stream);
  }
}
