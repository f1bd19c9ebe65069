package webmon.server.agents;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/** An agent with the accounting of each of its streams, newest first. */
public record MemberWithStreams(@JsonUnwrapped Member member, List<StreamView> streams) {
  public MemberWithStreams {
    streams = List.copyOf(streams);
  }
}
