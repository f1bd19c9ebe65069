package webmon.server.ingest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import webmon.report.Refusal;
import webmon.report.ReportHeader;
import webmon.report.VerificationKey;
import webmon.result.CheckResult;
import webmon.result.Hello;
import webmon.result.LineCodec;
import webmon.result.LogLine;
import webmon.result.MalformedLineException;
import webmon.result.Origin;
import webmon.result.Rotation;
import webmon.server.agents.AgentKey;
import webmon.server.agents.AgentRegistry;
import webmon.server.monitors.DeclaredPart;
import webmon.server.store.UnstorableException;

/**
 * Decides of every sequence of an authentic report whether it can be stored, before any SQL sees
 * it. Refusing is by sequence wherever the rest can stand.
 */
final class Decoder {
  /** How long results are kept: an older one has no place to go. */
  static final Duration RAW_RETENTION = Duration.ofDays(35);

  static final Duration MOST_AHEAD = Duration.ofMinutes(15);

  private final String deployment;

  Decoder(String deployment) {
    this.deployment = deployment;
  }

  Decoded decode(Opened opened, Transport transport, Instant receivedAt) {
    ReportHeader header = opened.header();
    AgentKey key = opened.key();
    Refusal whole = null;
    String detail = "";
    if (key.isRevoked(receivedAt)) {
      whole = Refusal.REVOKED_KEY;
      detail = "The key " + key.kid() + " is revoked.";
    } else if (!header.deployment().equals(deployment)) {
      whole = Refusal.WRONG_DEPLOYMENT;
      detail = "Sealed for the deployment " + header.deployment() + ".";
    } else if (!header.agent().equals(key.agent())) {
      whole = Refusal.WRONG_AGENT;
      detail = "The key is of agent '" + key.agent() + "', the report of another one.";
    } else if (!header.region().equals(key.region())) {
      whole = Refusal.WRONG_REGION;
      detail = "The agent is registered in region '" + key.region() + "'.";
    } else if (opened.defect() != null) {
      whole = Refusal.MALFORMED;
      detail = opened.defect();
    }
    return whole == null
        ? new Lines(opened, receivedAt).decode(transport)
        : Decoded.refusedWholly(opened, transport, receivedAt, whole, detail);
  }

  /** The lines of one report. */
  private static final class Lines {
    private final Opened opened;
    private final Instant receivedAt;
    private final Instant earliest;
    private final Instant latest;
    private final Set<Place> taken = new HashSet<>();
    private final List<CheckResult> results = new ArrayList<>();
    private final List<Decoded.OutOfTime> outOfTime = new ArrayList<>();
    private final List<DeclaredPart> hellos = new ArrayList<>();
    private final List<AgentRegistry.KeyChange> rotations = new ArrayList<>();
    private final List<Decoded.Refused> refused = new ArrayList<>();

    /** At most one result of a monitor at one time: that is how results are told apart. */
    private record Place(String monitor, Instant at) {}

    Lines(Opened opened, Instant receivedAt) {
      this.opened = opened;
      this.receivedAt = receivedAt;
      this.earliest = receivedAt.minus(RAW_RETENTION);
      this.latest = receivedAt.plus(MOST_AHEAD);
    }

    Decoded decode(Transport transport) {
      long sequence = opened.header().first();
      for (byte[] line : opened.lines()) {
        line(line, sequence++);
      }
      return new Decoded(
          opened, transport, receivedAt, results, outOfTime, hellos, rotations, refused);
    }

    private void line(byte[] bytes, long sequence) {
      try {
        LogLine line = LineCodec.decode(bytes);
        Refusal foreign = foreign(line.origin());
        if (foreign != null) {
          refuse(sequence, foreign, "The line is not of the report's agent, stream and region.");
        } else if (line.sequence() != sequence) {
          refuse(
              sequence,
              Refusal.MALFORMED,
              "The line in the place of " + sequence + " says " + line.sequence() + ".");
        } else {
          take(line, bytes);
        }
      } catch (MalformedLineException | UnstorableException | IllegalArgumentException e) {
        refuse(sequence, Refusal.MALFORMED, String.valueOf(e.getMessage()));
      }
    }

    private @Nullable Refusal foreign(Origin origin) {
      ReportHeader header = opened.header();
      if (!origin.agent().equals(header.agent()) || !origin.stream().equals(header.stream())) {
        return Refusal.WRONG_AGENT;
      }
      return origin.region().equals(header.region()) ? null : Refusal.WRONG_REGION;
    }

    private void take(LogLine line, byte[] bytes) throws UnstorableException {
      switch (line) {
        case CheckResult result -> result(result, bytes);
        case Hello hello ->
            hellos.add(DeclaredPart.of(hello, bytes, opened.key().mayReport()::allows));
        case Rotation rotation ->
            rotations.add(
                new AgentRegistry.KeyChange(
                    opened.key(), VerificationKey.ofJwk(rotation.publicKey()), rotation));
      }
    }

    private void result(CheckResult result, byte[] bytes) throws UnstorableException {
      if (!opened.key().mayReport().allows(result.monitor().id())) {
        refuse(
            result.sequence(),
            Refusal.MAY_NOT_REPORT,
            "The agent may not report '" + result.monitor().id() + "'.");
        return;
      }
      ResultBounds.check(result);
      if (!taken.add(new Place(result.monitor().id(), result.at()))) {
        refuse(
            result.sequence(),
            Refusal.MALFORMED,
            "A second result of '" + result.monitor().id() + "' at the same microsecond.");
      } else if (result.at().isBefore(earliest) || result.at().isAfter(latest)) {
        outOfTime.add(
            new Decoded.OutOfTime(
                result, new String(bytes, java.nio.charset.StandardCharsets.UTF_8)));
      } else {
        results.add(result);
      }
    }

    private void refuse(long sequence, Refusal reason, String detail) {
      if (!refused.isEmpty()) {
        Decoded.Refused former = refused.getLast();
        if (former.last() == sequence - 1 && former.reason() == reason) {
          refused.removeLast();
          refused.add(new Decoded.Refused(former.first(), sequence, reason, former.detail()));
          return;
        }
      }
      refused.add(new Decoded.Refused(sequence, sequence, reason, detail));
    }
  }
}
