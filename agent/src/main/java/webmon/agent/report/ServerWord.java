package webmon.agent.report;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import webmon.report.Acknowledgement;
import webmon.report.AcknowledgementCodec;
import webmon.report.RejectedException;

/** Tells the server's acknowledgements from everything else, and its clock from ours. */
final class ServerWord {
  private final String deployment;
  private final String agent;
  private final ServerKeys keys;
  private final InstantSource clock;
  private volatile @Nullable Duration clockOffset;

  ServerWord(String deployment, String agent, ServerKeys keys, InstantSource clock) {
    this.deployment = deployment;
    this.agent = agent;
    this.keys = keys;
    this.clock = clock;
  }

  /** What an answer is. */
  sealed interface Heard {
    record Verified(Acknowledgement acknowledgement) implements Heard {}

    /** The sentence says why nothing can be concluded from it. */
    record Nothing(String sentence) implements Heard {}
  }

  /** Verifies an answer that has just come in. */
  Heard hear(String jws, String stream) {
    Acknowledgement word;
    try {
      word = AcknowledgementCodec.verify(jws.strip(), keys::verificationKey);
    } catch (RejectedException e) {
      return new Heard.Nothing("the answer is not signed by the server: " + e.detail());
    }
    if (!word.deployment().equals(deployment)) {
      return new Heard.Nothing("deployment " + word.deployment() + " answered");
    }
    if (!word.agent().equals(agent)) {
      return new Heard.Nothing("the server answered to agent '" + word.agent() + "'");
    }
    if (!word.stream().equals(stream)) {
      return new Heard.Nothing("the server answered about stream " + word.stream());
    }
    Instant now = clock.instant();
    clockOffset = Duration.between(now, word.serverTime());
    return new Heard.Verified(word);
  }

  /** The server's clock minus ours, as last heard. */
  @Nullable Duration clockOffset() {
    return clockOffset;
  }
}
