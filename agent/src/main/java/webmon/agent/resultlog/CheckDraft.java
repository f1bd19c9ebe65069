package webmon.agent.resultlog;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import webmon.monitor.MonitorDefinition;
import webmon.result.CheckResult;
import webmon.result.LogLine;
import webmon.result.Observation;
import webmon.result.Origin;

/**
 * A result that has no number yet.
 *
 * @param hash what the line says of the definition: its first 8 bytes in hex
 * @param until the end of its timespan
 */
public record CheckDraft(
    MonitorDefinition definition,
    String hash,
    Instant dueAt,
    Instant at,
    Instant until,
    Observation observation,
    int count)
    implements Draft {

  @Override
  public LogLine numbered(Origin origin, long sequence, Instant moved, boolean clockStepped) {
    Duration span = Duration.between(at, until);
    return new CheckResult(
        origin,
        sequence,
        moved,
        new CheckResult.MonitorName(definition.id(), definition.name(), definition.type()),
        definition.url(),
        dueAt,
        moved.plus(span),
        hash,
        observation,
        count,
        clockStepped);
  }

  @Override
  public Draft shortened() {
    Observation shorter =
        new Observation(
            observation.status(),
            observation.failure(),
            observation.duration(),
            observation.phases(),
            observation.httpStatus(),
            observation.bodyBytes(),
            observation.contentMatched(),
            observation.address(),
            List.of(),
            null,
            observation.certificateExpiresAt());
    return new CheckDraft(definition, hash, dueAt, at, until, shorter, count);
  }
}
