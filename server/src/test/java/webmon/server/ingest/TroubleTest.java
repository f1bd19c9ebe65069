package webmon.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import webmon.report.TestReports;
import webmon.report.TestReports.Signed;

/** What happens when the database is away, or does not take something. */
class TroubleTest {
  private final IngestFixture server = new IngestFixture();

  private void makePoisonous(String monitor, String state) {
    server
        .database
        .jdbi()
        .useHandle(handle -> {
          handle.execute(
              """
              create function poison() returns trigger language plpgsql as $$
              begin
                if new.slug = '%s' then raise exception 'poison' using errcode = '%s'; end if;
                return new;
              end $$
              """
                  .formatted(monitor, state));
          handle.execute(
              "create trigger poison before insert on monitor for each row execute function"
                  + " poison()");
        });
  }

  @Test
  void doesNotLetAPoisonedReportSinkItsNeighbours() {
    makePoisonous("poison", "22023");
    TestReports a = server.agent("a");
    TestReports b = server.agent("b");
    Signed good = a.ups("shop", 2);
    Signed poisoned = b.ups("poison", 3);
    List<Outcome> outcomes = server.take(good, poisoned, a.ups("shop", 2));
    assertThat(outcomes).allMatch(outcome -> outcome instanceof Outcome.Taken);
    assertThat(server.sequences(a, 0)).isEqualTo(Set.of(1L, 2L, 3L, 4L));
    assertThat(server.count("check_result")).isEqualTo(4);
    assertThat(server.acknowledgement(b).refused())
        .singleElement()
        .satisfies(range -> {
          assertThat(range.reason()).isEqualTo("malformed");
          assertThat(range.range().last()).isEqualTo(3);
        });
    assertThat(server.take(poisoned).getFirst())
        .isInstanceOfSatisfying(
            Outcome.Taken.class, taken -> assertThat(taken.duplicate()).isTrue());
  }

  @Test
  void leavesWhatFailsForAnotherReasonWhereItWas() {
    makePoisonous("poison", "XX000");
    TestReports agent = server.agent("a");
    Signed poisoned = agent.ups("poison", 1);
    assertThat(server.take(poisoned).getFirst())
        .isInstanceOfSatisfying(
            Outcome.Deferred.class,
            deferred -> assertThat(deferred.cause()).isEqualTo(Outcome.Cause.FAULT));
    assertThat(server.count("report")).isZero();
    server.database.jdbi().useHandle(handle -> handle.execute("drop trigger poison on monitor"));
    assertThat(server.store(poisoned).duplicate()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"57014", "55P03"})
  void doesNotLetAReportThatTakesTooLongHoldUpItsNeighbours(String timeout) {
    makePoisonous("slow", timeout);
    TestReports a = server.agent("a");
    List<Outcome> outcomes = server.take(a.ups("shop", 2), server.agent("b").ups("slow", 1));
    assertThat(outcomes.getFirst()).isInstanceOf(Outcome.Taken.class);
    assertThat(outcomes.getLast())
        .isInstanceOfSatisfying(
            Outcome.Deferred.class,
            deferred -> assertThat(deferred.cause()).isEqualTo(Outcome.Cause.FAULT));
    assertThat(server.sequences(a, 0)).isEqualTo(Set.of(1L, 2L));
  }

  @Test
  void defersEverythingWhileTheDatabaseIsAway() {
    TestReports agent = server.agent("a");
    Signed report = agent.ups("shop", 2);
    server.database.goAway();
    List<Outcome> outcomes =
        server.ingest.take(
            List.of(IngestFixture.delivery(report), new Delivery("junk", Transport.SQS)));
    assertThat(outcomes)
        .allSatisfy(outcome ->
            assertThat(outcome)
                .isInstanceOfSatisfying(
                    Outcome.Deferred.class,
                    deferred -> assertThat(deferred.cause()).isEqualTo(Outcome.Cause.STORE_AWAY)));
    server.database.comeBack();
    assertThat(server.store(report).duplicate()).isFalse();
    assertThat(server.metric("reports.deferred.store_away")).isEqualTo(2);
  }

  @Test
  void makesAPartitionThatWasDroppedMeanwhile() {
    TestReports agent = server.agent("a");
    server.store(agent.ups("shop", 1));
    server.database.jdbi().useHandle(handle -> handle.execute("drop table check_result_20261122"));
    server.store(agent.ups("shop", 1));
    assertThat(server.sequences(agent, 0)).isEqualTo(Set.of(2L));
  }

  @Test
  void makesPartitionsForEveryDayOfABacklogOnAnyServer() throws Exception {
    TestReports a = server.agent("a").after(java.time.Duration.ofDays(-30));
    TestReports b = server.agent("b").after(java.time.Duration.ofDays(-30));
    Ingest other = server.ingest(server.database.jdbi());
    Thread second =
        Thread.ofVirtual()
            .start(() -> {
              for (int day = 0; day < 30; day++) {
                IngestFixture.taken(
                    other.take(List.of(IngestFixture.delivery(b.ups("m", 1)))).getFirst());
                b.after(java.time.Duration.ofDays(1));
              }
            });
    for (int day = 0; day < 30; day++) {
      server.store(a.ups("m", 1));
      a.after(java.time.Duration.ofDays(1));
    }
    second.join();
    assertThat(server.count("check_result")).isEqualTo(60);
    assertThat(
            server.database.number(
                "select count(*) from pg_inherits where inhparent = 'check_result'::regclass"))
        .isBetween(30L, 31L);
  }
}
