package webmon.agent.resultlog;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import webmon.configuration.WebPage;
import webmon.monitor.DefinitionCodec;
import webmon.monitor.MonitorDefinition;
import webmon.result.Failure;
import webmon.result.FailureKind;
import webmon.result.Observation;
import webmon.result.Phases;
import webmon.result.Status;

/** Results that no check has seen. */
public final class Drafts {
  public static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private Drafts() {}

  public static MonitorDefinition monitor(String id) {
    return WebPage.builder("https://example.com/" + id).name(id).build().definition();
  }

  public static CheckDraft up(String monitor, Instant at) {
    return draft(monitor, at, Status.UP);
  }

  public static CheckDraft down(String monitor, Instant at) {
    return draft(monitor, at, Status.DOWN);
  }

  public static CheckDraft draft(String monitor, Instant at, Status status) {
    return draft(monitor, at, status, null);
  }

  /** One whose line is longer by the excerpt. */
  public static CheckDraft draft(
      String monitor,
      Instant at,
      Status status,
      @org.jspecify.annotations.Nullable String excerpt) {
    MonitorDefinition definition = monitor(monitor);
    Observation observation =
        new Observation(
            status,
            status == Status.UP ? null : new Failure(FailureKind.HTTP_STATUS, "status 500"),
            Duration.ofMillis(30),
            new Phases(1_000L, 2_000L, null, 20_000L, 7_000L),
            status == Status.UP ? 200 : 500,
            1_256L,
            null,
            "192.0.2.1",
            List.of(),
            excerpt,
            null);
    return new CheckDraft(
        definition,
        DefinitionCodec.shortHash(definition),
        at,
        at,
        at.plus(definition.interval()),
        observation,
        1);
  }
}
