package webmon.server.ingest;

import com.codahale.metrics.MetricRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import webmon.report.Acknowledgement;
import webmon.report.DecryptionKey;
import webmon.report.EncryptionKey;
import webmon.report.TestReports;
import webmon.report.TestReports.Signed;
import webmon.server.TestDatabase;
import webmon.server.agents.Accounting;
import webmon.server.agents.AgentRegistry;
import webmon.server.agents.Deployment;
import webmon.server.agents.Registrations;
import webmon.server.agents.StreamName;

/** The pipeline on an empty database, with a clock that stands still. */
public final class IngestFixture {
  static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private static final DecryptionKey SERVER_KEY = DecryptionKey.generate();

  public final TestDatabase database = TestDatabase.fresh();
  public final MetricRegistry metrics = new MetricRegistry();
  final AtomicLong nanos = new AtomicLong();
  final Deployment deployment = Deployment.read(database.jdbi());
  final AgentRegistry registry =
      new AgentRegistry(database.jdbi(), InstantSource.fixed(NOW), nanos::get);
  public final Ingest ingest = ingest(database.jdbi());
  final Accounting accounting = new Accounting(database.jdbi(), InstantSource.fixed(NOW));

  Ingest ingest(Jdbi jdbi) {
    return new Ingest(
        jdbi,
        deployment.id(),
        kid -> kid.equals(SERVER_KEY.kid()) ? Optional.of(SERVER_KEY) : Optional.empty(),
        new AgentRegistry(jdbi, InstantSource.fixed(NOW), nanos::get),
        metrics,
        InstantSource.fixed(NOW),
        nanos::get);
  }

  public static EncryptionKey serverKey() {
    return SERVER_KEY.publicKey();
  }

  /** An agent that is not registered. */
  TestReports stranger(String agent) {
    return TestReports.of(deployment.id(), agent, "eu-north-1", NOW.minus(Duration.ofMinutes(30)));
  }

  public TestReports agent(String agent, String... mayReport) {
    TestReports reports = stranger(agent);
    Optional<String> declined =
        new Registrations(database.jdbi(), InstantSource.fixed(NOW))
            .register(
                agent,
                "eu-north-1",
                mayReport.length == 0 ? List.of("*") : List.of(mayReport),
                reports.key().publicKey());
    if (declined.isPresent()) {
      throw new AssertionError(declined.get());
    }
    return reports;
  }

  static Delivery delivery(Signed report) {
    return new Delivery(report.seal(serverKey()), Transport.SQS);
  }

  public List<Outcome> take(Signed... reports) {
    return ingest.take(Arrays.stream(reports).map(IngestFixture::delivery).toList());
  }

  /** Takes one report, which has to be stored now. */
  Outcome.Taken store(Signed report) {
    return taken(take(report).getFirst());
  }

  static Outcome.Taken taken(Outcome outcome) {
    if (outcome instanceof Outcome.Taken taken) {
      return taken;
    }
    throw new AssertionError("not taken: " + outcome);
  }

  /** What an agent is told that asks for its stream. */
  public Acknowledgement acknowledgement(TestReports agent) {
    return accounting
        .acknowledgement(agent.origin().agent(), agent.origin().stream(), null)
        .orElseThrow();
  }

  /** What an agent is told that has sent this report. */
  Acknowledgement acknowledgement(TestReports agent, Signed report) {
    return accounting
        .acknowledgement(agent.origin().agent(), agent.origin().stream(), report.hash())
        .orElseThrow();
  }

  Acknowledgement answer(Outcome.Taken taken) {
    StreamName stream = taken.stream();
    return accounting.acknowledgement(taken.agent(), stream, taken.streamRow());
  }

  /** Sequences in {@code check_result} of a stream row, by its fork number. */
  public Set<Long> sequences(TestReports agent, int forkNo) {
    return database
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(
                    """
                    select r.sequence from check_result r join stream s using (stream_id)
                    where s.stream = :stream and s.fork_no = :fork
                    """)
                .bind("stream", agent.origin().stream())
                .bind("fork", forkNo)
                .mapTo(Long.class)
                .collect(Collectors.toSet()));
  }

  public long count(String table) {
    return database.number("select count(*) from " + table);
  }

  long metric(String name) {
    return metrics.counter("webmon.ingest." + name).getCount();
  }

  List<String> texts(String sql) {
    return database.jdbi().withHandle(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }
}
