package webmon.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import webmon.Version;
import webmon.agent.AgentNotStartedException.Blame;
import webmon.agent.check.HttpChecks;
import webmon.agent.check.Streak;
import webmon.agent.report.AgentIdentity;
import webmon.agent.report.AgentStatus;
import webmon.agent.report.Clocks;
import webmon.agent.report.DataDirectory;
import webmon.agent.report.DataDirectoryInUseException;
import webmon.agent.report.Dispatch;
import webmon.agent.report.Reports;
import webmon.agent.resultlog.CheckDraft;
import webmon.agent.resultlog.Draft;
import webmon.agent.resultlog.HelloDraft;
import webmon.agent.resultlog.Intake;
import webmon.agent.resultlog.Logged;
import webmon.agent.schedule.CompletedCheck;
import webmon.agent.schedule.Monitored;
import webmon.agent.schedule.Schedule;
import webmon.configuration.AgentSettings;
import webmon.configuration.Configuration;
import webmon.configuration.ReportSettings;
import webmon.configuration.WebPage;
import webmon.monitor.DefinitionCodec;
import webmon.monitor.MonitorDefinition;
import webmon.result.CheckResult;
import webmon.result.Observation;
import webmon.result.Status;

/**
 * A running agent: checks the configured pages, logs the results, and reports them if there is a
 * {@code [report]}. It holds its {@code data_dir} until it is closed.
 */
public final class Agent implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

  /** Results that are held while the log cannot be written. */
  private static final int MOST_WAITING = 2_000;

  private final DataDirectory directory;
  private final @Nullable Connections connections;
  private final Dispatch dispatch;
  private final Intake intake;
  private final HttpChecks checks;
  private final Schedule schedule;
  private final Upkeep upkeep;
  private final Consumer<CheckResult> onCheck;

  /** What the next result of a monitor has to know of it, by its id. */
  private final Map<String, Watched> watched = new ConcurrentHashMap<>();

  private record Watched(MonitorDefinition definition, String hash, Streak streak) {
    Watched after(Status status) {
      return new Watched(definition, hash, streak.after(status));
    }
  }

  private Agent(
      Configuration configuration,
      DataDirectory directory,
      AgentIdentity identity,
      HttpChecks checks,
      @Nullable Connections connections,
      Clocks clocks,
      Consumer<CheckResult> onCheck)
      throws IOException {
    AgentSettings settings = configuration.agent();
    ReportSettings report = configuration.report();
    this.directory = directory;
    this.connections = connections;
    this.onCheck = onCheck;
    this.checks = checks;
    this.dispatch =
        Dispatch.open(
            directory,
            identity,
            settings.region(),
            settings.maxDiskBytes(),
            report == null || connections == null
                ? null
                : new Reports(report, connections.routes()),
            clocks);
    this.intake = new Intake(dispatch.log(), MOST_WAITING, dispatch::logged, this::tell);
    dispatch.start(intake, () -> hello(configuration, clocks.wall()));
    intake.take(hello(configuration, clocks.wall()));
    this.upkeep = new Upkeep(() -> dispatch.upkeep(intake));
    this.schedule =
        new Schedule(
            identity.id(),
            monitored(configuration),
            Schedule.MOST_IN_FLIGHT,
            clocks.wall(),
            clocks.nanos(),
            this::completed);
  }

  /**
   * Starts checking.
   *
   * @param onCheck told of every logged result, on the thread of its check, for one monitor in
   *     order; what it throws is logged
   * @throws AgentNotStartedException with a sentence for people
   */
  public static Agent start(Configuration configuration, Consumer<CheckResult> onCheck)
      throws AgentNotStartedException {
    Clocks clocks = new Clocks(InstantSource.system(), System::nanoTime, new SecureRandom());
    AgentSettings settings = configuration.agent();
    List<AutoCloseable> opened = new ArrayList<>();
    try {
      DataDirectory directory = DataDirectory.open(settings.dataDir());
      opened.add(directory);
      AgentIdentity identity = AgentIdentity.of(directory.path(), settings.id(), clocks.random());
      // Before any name is looked up: it sets how long the JDK remembers answers.
      HttpChecks checks =
          new HttpChecks("webmon/" + Version.current(), clocks.wall(), clocks.nanos());
      opened.add(checks);
      ReportSettings report = configuration.report();
      Connections connections = report == null ? null : Connections.of(report, identity.id());
      if (connections != null) {
        opened.add(connections);
      }
      Agent agent =
          new Agent(configuration, directory, identity, checks, connections, clocks, onCheck);
      opened.clear();
      return agent;
    } catch (DataDirectoryInUseException e) {
      throw new AgentNotStartedException(Blame.USE, String.valueOf(e.getMessage()), e);
    } catch (IllegalArgumentException e) {
      throw new AgentNotStartedException(Blame.USE, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new AgentNotStartedException(
          Blame.MACHINE,
          "the data_dir "
              + settings.dataDir()
              + " cannot be read or written ("
              + e
              + "): mend its permissions or its disk, or choose another one",
          e);
    } finally {
      opened.reversed().forEach(Agent::closeQuietly);
    }
  }

  private static void closeQuietly(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      LOG.warn("{} did not close cleanly", part.getClass().getSimpleName(), e);
    }
  }

  private List<Monitored> monitored(Configuration configuration) {
    List<Monitored> monitored = new ArrayList<>();
    for (WebPage page : configuration.webPages()) {
      if (page.enabled()) {
        monitored.add(new Monitored(page.definition(), checks.of(page)));
      }
    }
    return monitored;
  }

  private static List<Draft> hello(Configuration configuration, InstantSource clock) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    List<MonitorDefinition> definitions =
        configuration.webPages().stream().map(WebPage::definition).toList();
    return HelloDraft.of(now, Version.current(), definitions);
  }

  private void completed(CompletedCheck check) {
    MonitorDefinition definition = check.definition();
    Watched former =
        watched.compute(
            definition.id(),
            (id, known) ->
                known != null && known.definition() == definition
                    ? known
                    : new Watched(definition, DefinitionCodec.shortHash(definition), Streak.NONE));
    Observation seen = former.streak().logged(check.observation());
    watched.put(definition.id(), former.after(seen.status()));
    Instant until =
        (check.count() > 1 ? check.lastDueAt() : check.startedAt()).plus(definition.interval());
    intake.take(
        List.of(
            new CheckDraft(
                definition,
                former.hash(),
                check.dueAt(),
                check.startedAt(),
                until,
                seen,
                check.count())));
  }

  private void tell(Logged line) {
    if (line.line() instanceof CheckResult result) {
      try {
        onCheck.accept(result);
      } catch (RuntimeException e) {
        LOG.warn("Whoever listens to results failed", e);
      }
    }
  }

  /** As of now; by any thread. */
  public AgentStatus status() {
    try {
      return dispatch.status(intake);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Stops within 5 s: no more checks, what was logged is sealed, and is sent as far as that goes;
   * the rest is sent after the next start.
   */
  @Override
  public void close() {
    schedule.close();
    upkeep.close();
    intake.close();
    try {
      dispatch.close(intake);
    } catch (IOException e) {
      LOG.warn("The result log did not close cleanly", e);
    }
    checks.close();
    if (connections != null) {
      connections.close();
    }
    closeQuietly(directory);
  }
}
