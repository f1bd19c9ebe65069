package webmon.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import webmon.monitor.MonitorDefinition;
import webmon.report.TestReports;
import webmon.report.TestReports.Signed;

/** Several servers and threads on one database, with the same agents, streams and monitors. */
@org.junit.jupiter.api.Timeout(120)
class ConcurrencyTest {
  private static final int AGENTS = 5;
  private static final int THREADS = 8;

  private final IngestFixture server = new IngestFixture();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void storesEveryReportOnceAndWaitsForNobodyInACircle(long seed) throws Exception {
    Random random = new Random(seed);
    List<TestReports> agents = new ArrayList<>();
    List<Signed> reports = new ArrayList<>();
    for (int i = 0; i < AGENTS; i++) {
      TestReports agent = server.agent("agent-" + i);
      agents.add(agent);
      List<MonitorDefinition> definitions = new ArrayList<>();
      for (int m = 0; m < 12; m++) {
        definitions.add(TestReports.definition("m" + (m + i) % 12));
      }
      reports.add(agent.report(List.of(at -> at.hello(1, definitions))));
      for (int r = 0; r < 25; r++) {
        reports.add(agent.ups("m" + random.nextInt(12), 1 + random.nextInt(8)));
      }
    }
    int distinct = reports.size();
    reports.addAll(List.copyOf(reports));
    Collections.shuffle(reports, random);
    ConcurrentLinkedQueue<List<Signed>> batches = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < reports.size(); i += 7) {
      batches.add(reports.subList(i, Math.min(i + 7, reports.size())));
    }

    List<Outcome> outcomes = takeAll(batches);

    assertThat(outcomes).hasSize(2 * distinct).allMatch(one -> one instanceof Outcome.Taken);
    assertThat(outcomes)
        .filteredOn(one -> one instanceof Outcome.Taken taken && !taken.duplicate())
        .hasSize(distinct);
    long results = 0;
    for (TestReports agent : agents) {
      assertThat(server.acknowledgement(agent).contiguous()).isEqualTo(agent.sequence() - 1);
      assertThat(server.acknowledgement(agent).fork()).isNull();
      results += agent.sequence() - 2;
    }
    assertThat(server.count("check_result")).isEqualTo(results);
    assertThat(server.count("report")).isEqualTo(distinct);
    assertThat(server.count("monitor")).isEqualTo(12);
    assertThat(server.count("monitor_definition")).isEqualTo(12);
    assertThat(server.count("evaluation_due")).isEqualTo(12);
    assertThat(server.database.number("select sum(chain_breaks)::int8 from stream")).isZero();
    assertThat(
            server.database.number(
                "select deadlocks from pg_stat_database where datname = current_database()"))
        .isZero();
  }

  private List<Outcome> takeAll(ConcurrentLinkedQueue<List<Signed>> batches) throws Exception {
    Ingest[] servers = {server.ingest, server.ingest(server.database.jdbi())};
    List<Callable<List<Outcome>>> tasks = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Ingest ingest = servers[i % servers.length];
      tasks.add(() -> {
        List<Outcome> outcomes = new ArrayList<>();
        for (List<Signed> batch = batches.poll(); batch != null; batch = batches.poll()) {
          outcomes.addAll(ingest.take(batch.stream().map(IngestFixture::delivery).toList()));
        }
        return outcomes;
      });
    }
    List<Outcome> outcomes = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (Future<List<Outcome>> part : threads.invokeAll(tasks)) {
        outcomes.addAll(part.get());
      }
    }
    return outcomes;
  }
}
