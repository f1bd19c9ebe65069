package webmon.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import webmon.monitor.Sha256;
import webmon.report.Acknowledgement.Range;
import webmon.report.TestReports;
import webmon.report.TestReports.Signed;
import webmon.result.FailureKind;

/** Reports that are as they should be, in every order and number. */
class IngestTest {
  private final IngestFixture server = new IngestFixture();

  @Test
  void storesAReportWithItsResultsAndEvidence() {
    TestReports agent = server.agent("a");
    Signed report = agent.ups("shop", 3);
    Outcome.Taken taken = server.store(report);

    assertThat(taken.duplicate()).isFalse();
    assertThat(server.sequences(agent, 0)).containsExactlyInAnyOrder(1L, 2L, 3L);
    assertThat(server.answer(taken).contiguous()).isEqualTo(3);
    assertThat(server.answer(taken).settles(1, 3)).isTrue();
    assertThat(server.acknowledgement(agent).received()).containsExactly(new Range(1, 3));
    List<EvidenceReader.Line> lines = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      lines.add(new EvidenceReader.Line(0, i + 1, Sha256.hex(report.report().lines().get(i))));
    }
    assertThat(new EvidenceReader(server.database.jdbi()).lines("a", agent.origin().stream()))
        .isEqualTo(lines);
    assertThat(server.metric("reports.stored")).isEqualTo(1);
    assertThat(server.metric("results.stored")).isEqualTo(3);
  }

  @Test
  void writesEveryColumnOfAResult() {
    TestReports agent = server.agent("a");
    server.store(agent.one("shop", TestReports.up()));
    server.store(agent.one("shop", TestReports.down(FailureKind.CONNECT_REFUSED, "refused 'it'")));
    Instant begin = IngestFixture.NOW.minus(Duration.ofMinutes(30));

    assertThat(
            server.texts(
                """
                select concat_ws('|', r.sequence, extract(epoch from r.at)::bigint, r.due_offset_us,
                  r.duration_us, r.dns_us, r.connect_us, r.tls_us, r.wait_us, r.transfer_us,
                  http_status, coalesce(k.code, '-'), status, coalesce(message, '-'), address,
                  coalesce(content_matched::text, '-'), name, f.interval_ms)
                from check_result r join result_detail using (detail_id)
                join monitor_definition f using (definition_id)
                left join failure_kind k using (kind) order by r.sequence
                """))
        .containsExactly(
            "1|"
                + begin.getEpochSecond()
                + "|3000|120000|1000|10000|20000|80000|9000|200|-|u|-|198.51.100.7|true"
                + "|Page shop|60000",
            "2|"
                + (begin.getEpochSecond() + 1)
                + "|3000|50000|1000|10000|connect_refused|d|refused 'it'|198.51.100.7|-"
                + "|Page shop|60000");
  }

  @Test
  void sharesTheDetailOfEqualResults() {
    TestReports agent = server.agent("a");
    server.store(agent.ups("shop", 50));
    server.store(server.agent("b").ups("blog", 50));
    assertThat(server.count("check_result")).isEqualTo(100);
    assertThat(server.count("result_detail")).isEqualTo(1);
  }

  @Test
  void notesWhatIsDueForEvaluationFromTheEarliestResult() {
    TestReports agent = server.agent("a");
    Signed early = agent.ups("shop", 2);
    Signed late = agent.ups("shop", 2);
    server.store(late);
    server.store(early);
    assertThat(
            server.database.number(
                "select extract(epoch from from_time)::bigint from evaluation_due"))
        .isEqualTo(IngestFixture.NOW.minus(Duration.ofMinutes(30)).getEpochSecond());
  }

  @Test
  void remembersTheNewestResultOfEachMonitorAndAgentInWhateverOrder() {
    TestReports agent = server.agent("a");
    Signed first = agent.ups("shop", 2);
    Signed second = agent.ups("shop", 3);
    server.store(second);
    server.store(first);
    server.store(server.agent("b").ups("shop", 1));
    assertThat(
            server.texts(
                """
                select a.name || r.sequence from last_result l join agent a using (agent_id)
                join check_result r on r.monitor_id = l.monitor_id
                  and r.stream_id = l.stream_id and r.at = l.at
                """))
        .containsExactlyInAnyOrder("a5", "b1");
  }

  @Test
  void storesTheSameReportOnceHoweverOftenAndParallelItComes() throws Exception {
    TestReports agent = server.agent("a");
    Signed report = agent.ups("shop", 10);
    // Sealed anew for each sending, as agents do: only the signed bytes are the same.
    List<Callable<Outcome>> tasks = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      tasks.add(() -> server.take(report).getFirst());
    }
    List<Outcome.Taken> outcomes = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(20)) {
      for (Future<Outcome> outcome : threads.invokeAll(tasks)) {
        outcomes.add(IngestFixture.taken(outcome.get()));
      }
    }
    assertThat(outcomes).filteredOn(taken -> !taken.duplicate()).hasSize(1);
    assertThat(server.count("check_result")).isEqualTo(10);
    assertThat(server.count("report")).isEqualTo(1);
    assertThat(server.count("report_evidence")).isEqualTo(1);
    assertThat(server.count("stream")).isEqualTo(1);
    assertThat(server.metric("reports.duplicate")).isEqualTo(49);
  }

  @Test
  void storesTheSameReportOnceWithinABatch() {
    TestReports agent = server.agent("a");
    Signed report = agent.ups("shop", 4);
    assertThat(server.take(report, report, report))
        .map(outcome -> IngestFixture.taken(outcome).duplicate())
        .containsExactly(false, true, true);
    assertThat(server.count("check_result")).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void givesTheSameRowsAndAccountInWhateverOrderReportsCome(long seed) {
    Random random = new Random(seed);
    List<Signed> reports = new ArrayList<>();
    TestReports a = server.agent("a");
    TestReports b = server.agent("b");
    for (int i = 0; i < 15; i++) {
      reports.add(i == 7 ? a.gap(20) : a.ups("m" + i % 3, 1 + random.nextInt(5)));
      reports.add(b.ups("m" + i % 4, 1 + random.nextInt(5)));
    }
    reports.addAll(List.copyOf(reports.subList(5, 12)));
    Collections.shuffle(reports, random);
    while (!reports.isEmpty()) {
      int size = Math.min(reports.size(), 1 + random.nextInt(10));
      List<Signed> batch = reports.subList(0, size);
      assertThat(server.take(batch.toArray(Signed[]::new)))
          .allMatch(outcome -> outcome instanceof Outcome.Taken);
      batch.clear();
    }

    for (TestReports agent : List.of(a, b)) {
      long last = agent.sequence() - 1;
      assertThat(server.acknowledgement(agent).contiguous()).isEqualTo(last);
      assertThat(server.acknowledgement(agent).fork()).isNull();
    }
    assertThat(server.sequences(a, 0)).hasSize((int) a.sequence() - 1 - 20);
    assertThat(server.sequences(b, 0)).hasSize((int) b.sequence() - 1);
    assertThat(server.texts("select stream_id from stream where chain_breaks > 0")).isEmpty();
    assertThat(server.database.number("select sum(reports)::int8 from stream")).isEqualTo(30);
  }

  @Test
  void keepsCountingWhereTheChainIsBroken() {
    TestReports agent = server.agent("a");
    Signed first = agent.ups("shop", 2);
    Signed second = agent.breakingTheChain().ups("shop", 2);
    Signed third = agent.ups("shop", 2);
    server.store(third);
    server.store(second);
    server.store(first);
    assertThat(server.acknowledgement(agent).contiguous()).isEqualTo(6);
    assertThat(server.database.number("select chain_breaks from stream")).isEqualTo(1);
  }

  @Test
  void acknowledgesAroundWhatIsMissing() {
    TestReports agent = server.agent("a");
    server.store(agent.ups("shop", 3));
    Signed missing = agent.ups("shop", 4);
    server.store(agent.ups("shop", 2));
    assertThat(server.acknowledgement(agent).contiguous()).isEqualTo(3);
    assertThat(server.acknowledgement(agent).received())
        .containsExactly(new Range(1, 3), new Range(8, 9));
    server.store(missing);
    assertThat(server.acknowledgement(agent).received()).containsExactly(new Range(1, 9));
  }

  @Test
  void runsOverADeclaredGapAndStillTakesWhatComesAfterAll() {
    TestReports agent = server.agent("a");
    server.store(agent.ups("shop", 2));
    TestReports before = agent.copy();
    server.store(agent.gap(5));
    assertThat(server.acknowledgement(agent).contiguous()).isEqualTo(7);
    // Sent before it was dropped, and delivered later than the word that it was.
    server.store(before.ups("shop", 3));
    assertThat(server.acknowledgement(agent).contiguous()).isEqualTo(7);
    assertThat(server.acknowledgement(agent).fork()).isNull();
    assertThat(server.texts("select lost::text from stream")).containsExactly("{[6,8)}");
    assertThat(server.sequences(agent, 0)).isEqualTo(Set.of(1L, 2L, 3L, 4L, 5L));
  }

  @Test
  void saysNothingWasReceivedOfAStreamItDoesNotKnow() {
    TestReports agent = server.agent("a");
    assertThat(server.acknowledgement(agent).contiguous()).isZero();
    assertThat(server.acknowledgement(agent).received()).isEmpty();
    assertThat(server.accounting.acknowledgement("nobody", "0".repeat(32), null)).isEmpty();
  }
}
