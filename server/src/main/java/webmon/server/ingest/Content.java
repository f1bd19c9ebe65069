package webmon.server.ingest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import webmon.report.Refusal;
import webmon.result.CheckResult;
import webmon.server.agents.AgentRegistry;
import webmon.server.ingest.ReportRows.Placed;
import webmon.server.monitors.Declarations;
import webmon.server.monitors.DeclaredPart;
import webmon.server.monitors.Definitions;
import webmon.server.monitors.Definitions.Hint;
import webmon.server.monitors.Definitions.Reference;
import webmon.server.monitors.MonitorIds;
import webmon.server.results.NewResult;
import webmon.server.results.ResultWriter;
import webmon.server.verdict.EvaluationDue;

/** Hands what is in placed reports to the features that own it, each feature once. */
final class Content {
  private final ResultWriter results;
  private final AgentRegistry registry;

  Content(ResultWriter results, AgentRegistry registry) {
    this.results = results;
    this.registry = registry;
  }

  void store(Handle handle, List<Placed> placed, Set<Integer> forkedAgents, Instant now) {
    Map<String, Integer> monitors = MonitorIds.provide(handle, slugs(placed));
    Map<Reference, Integer> definitions =
        Definitions.provide(handle, references(placed, monitors), now);
    Declarations.store(handle, hellos(placed), monitors, now);
    List<NewResult> stored = new ArrayList<>();
    List<ResultWriter.OutOfTime> outOfTime = new ArrayList<>();
    Map<Integer, Instant> due = new HashMap<>();
    for (Placed report : placed) {
      int agent = report.report().opened().key().agentId();
      for (CheckResult result : report.report().results()) {
        Reference reference = reference(result, monitors);
        stored.add(
            new NewResult(
                report.row().id(),
                agent,
                reference.monitorId(),
                present(definitions.get(reference)),
                result));
        due.merge(reference.monitorId(), result.at(), (a, b) -> a.isBefore(b) ? a : b);
      }
      for (Decoded.OutOfTime late : report.report().outOfTime()) {
        CheckResult result = late.result();
        outOfTime.add(
            new ResultWriter.OutOfTime(
                report.row().id(),
                present(monitors.get(result.monitor().id())),
                result.sequence(),
                result.at(),
                late.line()));
      }
    }
    results.store(handle, stored, now);
    results.keepOutOfTime(handle, outOfTime, now);
    registry.note(handle, signs(placed, forkedAgents));
    EvaluationDue.note(handle, due);
  }

  private static Set<String> slugs(List<Placed> placed) {
    Set<String> slugs = new HashSet<>();
    for (Placed report : placed) {
      report.report().results().forEach(result -> slugs.add(result.monitor().id()));
      report.report().outOfTime().forEach(late -> slugs.add(late.result().monitor().id()));
      for (DeclaredPart hello : report.report().hellos()) {
        hello.monitors().forEach(monitor -> slugs.add(monitor.definition().id()));
      }
    }
    return slugs;
  }

  private static Map<Reference, Hint> references(
      List<Placed> placed, Map<String, Integer> monitors) {
    Map<Reference, Hint> references = new HashMap<>();
    for (Placed report : placed) {
      for (CheckResult result : report.report().results()) {
        references.putIfAbsent(
            reference(result, monitors),
            new Hint(
                result.monitor().name(),
                result.monitor().type(),
                result.url(),
                Duration.between(result.at(), result.until()).toMillis() / result.count()));
      }
    }
    return references;
  }

  private static Reference reference(CheckResult result, Map<String, Integer> monitors) {
    return new Reference(present(monitors.get(result.monitor().id())), result.definition());
  }

  private static List<Declarations.Placed> hellos(List<Placed> placed) {
    List<Declarations.Placed> hellos = new ArrayList<>();
    for (Placed report : placed) {
      for (DeclaredPart hello : report.report().hellos()) {
        hellos.add(
            new Declarations.Placed(
                report.report().opened().key().agentId(), report.row().id(), hello));
      }
    }
    return hellos;
  }

  /** One sign of life an agent, of its newest report. */
  private static List<AgentRegistry.Sign> signs(List<Placed> placed, Set<Integer> forkedAgents) {
    Map<Integer, Placed> newest = new TreeMap<>();
    for (Placed report : placed) {
      if (!isByRevokedKey(report)) {
        newest.merge(
            report.report().opened().key().agentId(),
            report,
            (a, b) -> a.header().sealedAt().isAfter(b.header().sealedAt()) ? a : b);
      }
    }
    List<AgentRegistry.Sign> signs = new ArrayList<>();
    newest.forEach((agent, report) ->
        signs.add(
            new AgentRegistry.Sign(
                agent,
                report.report().receivedAt(),
                report.header().clockOffsetUs(),
                version(placed, agent),
                forkedAgents.contains(agent))));
    return signs;
  }

  /** Whoever holds a revoked key is no sign of the agent's life. */
  private static boolean isByRevokedKey(Placed report) {
    return report.report().refused().stream()
        .anyMatch(refused -> refused.reason() == Refusal.REVOKED_KEY);
  }

  private static @Nullable String version(List<Placed> placed, int agent) {
    String version = null;
    for (Placed report : placed) {
      if (report.report().opened().key().agentId() == agent) {
        for (DeclaredPart hello : report.report().hellos()) {
          version = hello.version();
        }
      }
    }
    return version;
  }

  private static int present(@Nullable Integer id) {
    if (id == null) {
      throw new IllegalStateException("a number was not provided");
    }
    return id;
  }
}
