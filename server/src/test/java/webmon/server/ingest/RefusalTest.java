package webmon.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import webmon.report.Acknowledgement.Range;
import webmon.report.Acknowledgement.RefusedRange;
import webmon.report.SigningKey;
import webmon.report.TestReports;
import webmon.report.TestReports.Signed;
import webmon.result.LineCodec;
import webmon.server.agents.StreamName;

/** Authentic reports of which something cannot be accepted: refused by sequence, with a reason. */
class RefusalTest {
  private final IngestFixture server = new IngestFixture();

  private void assertRefused(TestReports agent, long first, long last, String reason) {
    assertThat(server.acknowledgement(agent).refused())
        .containsExactly(new RefusedRange(new Range(first, last), reason));
    assertThat(server.acknowledgement(agent).settles(1, last)).isTrue();
  }

  @Test
  void refusesMonitorsThatTheAgentMayNotReportAndStoresTheRest() {
    TestReports agent = server.agent("a", "shop-*", "blog");
    Signed report =
        agent.report(
            List.of(
                at -> at.check("shop-1", TestReports.up()),
                at -> at.check("other", TestReports.up()),
                at -> at.check("another", TestReports.up()),
                at -> at.check("blog", TestReports.up())));
    assertThat(server.store(report).refusedSequences()).isEqualTo(2);
    assertThat(server.sequences(agent, 0)).isEqualTo(Set.of(1L, 4L));
    assertRefused(agent, 2, 3, "may_not_report");
    assertThat(server.acknowledgement(agent).contiguous()).isEqualTo(4);
    assertThat(server.texts("select slug from monitor")).doesNotContain("other", "another");
  }

  @Test
  void refusesLinesThatCannotBeReadAndStoresTheRest() {
    TestReports agent = server.agent("a");
    byte[] good = LineCodec.encode(agent.check("shop", TestReports.up()));
    byte[] wrongNumber = LineCodec.encode(agent.check("blog", TestReports.up()));
    server.store(agent.raw(good, "{".getBytes(StandardCharsets.UTF_8), wrongNumber));
    assertThat(server.sequences(agent, 0)).isEqualTo(Set.of(1L));
    assertRefused(agent, 2, 3, "malformed");
  }

  @Test
  void refusesASecondResultAtTheSameTime() {
    TestReports agent = server.agent("a");
    server.store(
        agent.report(
            List.of(
                at -> at.check("shop", TestReports.up()),
                at -> at.after(Duration.ofSeconds(-1)).check("shop", TestReports.up()))));
    assertThat(server.sequences(agent, 0)).isEqualTo(Set.of(1L));
    assertRefused(agent, 2, 2, "malformed");
  }

  @Test
  void refusesWhatTheDatabaseWouldNotTake() {
    TestReports agent = server.agent("a");
    String line =
        new String(LineCodec.encode(agent.check("shop", TestReports.up())), StandardCharsets.UTF_8);
    server.store(
        agent.raw(
            line.replace("\"Page shop\"", "\"" + "x".repeat(600) + "\"")
                .getBytes(StandardCharsets.UTF_8),
            line.replace("\"sequence\":1", "\"sequence\":2")
                .replace("\"Page shop\"", "\"\\u0000\"")
                .getBytes(StandardCharsets.UTF_8)));
    assertThat(server.count("check_result")).isZero();
    assertRefused(agent, 1, 2, "malformed");
  }

  @Test
  void refusesAnotherRegionAgentAndDeployment() {
    TestReports agent = server.agent("a");
    assertRefusedWholly(agent.claiming(server.deployment.id(), "a", "us-east-1"), "wrong_region");
    assertRefusedWholly(
        server.agent("b").claiming(server.deployment.id(), "a", "eu-north-1"), "wrong_agent");
    assertRefusedWholly(
        server.agent("c").claiming("0".repeat(32), "c", "eu-north-1"), "wrong_deployment");
    assertThat(server.metric("reports.refused")).isEqualTo(3);
  }

  private void assertRefusedWholly(TestReports agent, String reason) {
    Outcome.Taken taken = server.store(agent.ups("shop", 3));
    assertThat(server.answer(taken).refused())
        .containsExactly(new RefusedRange(new Range(1, 3), reason));
    assertThat(server.answer(taken).contiguous()).isEqualTo(3);
    assertThat(server.count("check_result")).isZero();
  }

  @Test
  void accountsAnotherAgentsReportToTheOwnerOfTheKey() {
    TestReports thief = server.agent("thief");
    TestReports victim = server.agent("victim");
    Outcome.Taken taken =
        server.store(thief.claiming(server.deployment.id(), "victim", "eu-north-1").ups("m", 2));
    assertThat(taken.agent()).isEqualTo("thief");
    assertThat(taken.stream())
        .isEqualTo(new StreamName(taken.stream().agentId(), thief.origin().stream()));
    server.store(victim.ups("m", 2));
    assertThat(server.acknowledgement(victim).refused()).isEmpty();
  }

  @Test
  void refusesARevokedKeyWithinSeconds() {
    TestReports agent = server.agent("a");
    server.store(agent.ups("shop", 1));
    // By another server: the one that ingests only remembers for so long.
    assertThat(server.registry.revoke(agent.key().kid(), IngestFixture.NOW)).isTrue();
    server.nanos.addAndGet(Duration.ofSeconds(3).toNanos());
    server.store(agent.ups("shop", 2));
    assertRefused(agent, 2, 3, "revoked_key");
    assertThat(server.registry.revoke("unknown", IngestFixture.NOW)).isFalse();
  }

  @Test
  void takesReportsOfARetiredKeyUpToTheRotation() {
    TestReports agent = server.agent("a");
    SigningKey former = agent.key();
    SigningKey next = SigningKey.generate();
    Signed before = agent.ups("shop", 2);
    server.store(agent.report(List.of(at -> at.rotation(next))));
    server.nanos.addAndGet(Duration.ofSeconds(3).toNanos());

    server.store(before);
    TestReports thief = agent.copy().signingWith(former);
    server.store(agent.signingWith(next).ups("shop", 1));
    assertThat(server.sequences(agent, 0)).isEqualTo(Set.of(1L, 2L, 4L));
    Outcome.Taken taken = server.store(thief.skipping(10).ups("shop", 1));
    assertThat(server.answer(taken).refused())
        .containsExactly(new RefusedRange(new Range(14, 14), "revoked_key"));
  }

  @Test
  void keepsWhatARetiredKeySaysOutOfTheAccountsOfTheOneInUse() {
    TestReports agent = server.agent("a");
    SigningKey former = agent.key();
    SigningKey next = SigningKey.generate();
    server.store(agent.report(List.of(at -> at.rotation(next))));
    TestReports thief = agent.copy().after(Duration.ofMillis(300)).signingWith(former);
    agent.signingWith(next);
    server.store(agent.ups("shop", 2));
    server.nanos.addAndGet(Duration.ofSeconds(3).toNanos());

    // Once over what is held and once before it comes.
    server.store(thief.ups("shop", 2));
    server.store(thief.ups("shop", 2));
    server.store(agent.ups("shop", 3));
    assertThat(server.sequences(agent, 0)).isEqualTo(Set.of(2L, 3L, 4L, 5L, 6L));
    assertThat(server.acknowledgement(agent).contiguous()).isEqualTo(6);
    assertThat(server.acknowledgement(agent).refused()).isEmpty();
    assertThat(server.acknowledgement(agent).fork()).isNull();
    assertThat(server.texts("select name from agent where forked_at is not null")).isEmpty();
    assertThat(server.count("stream")).isEqualTo(2);
  }

  @Test
  void doesNotLetARotationTakeAnothersKey() {
    TestReports agent = server.agent("a");
    TestReports other = server.agent("b");
    server.store(agent.report(List.of(at -> at.rotation(other.key()))));
    assertRefused(agent, 1, 1, "malformed");
    server.nanos.addAndGet(Duration.ofSeconds(3).toNanos());
    server.store(other.ups("shop", 1));
    server.store(agent.ups("shop", 1));
    assertThat(server.sequences(agent, 0)).isEqualTo(Set.of(2L));
    assertThat(server.sequences(other, 0)).isEqualTo(Set.of(1L));
  }

  @Test
  void refusesARotationToTheKeyOfARemovedAgent() {
    TestReports agent = server.agent("a");
    TestReports removed = server.agent("b");
    server
        .database
        .jdbi()
        .useHandle(
            handle -> handle.execute("update agent set removed_at = now() where name = 'b'"));
    server.store(agent.report(List.of(at -> at.rotation(removed.key()))));
    assertRefused(agent, 1, 1, "malformed");
    server.store(agent.ups("shop", 1));
    assertThat(server.sequences(agent, 0)).isEqualTo(Set.of(2L));
  }

  @Test
  void refusesARotationByARetiredKey() {
    TestReports agent = server.agent("a");
    TestReports thief = agent.copy();
    server.store(agent.skipping(5).report(List.of(at -> at.rotation(SigningKey.generate()))));
    SigningKey stolen = SigningKey.generate();
    // Whether it is still remembered as in use, or not any more.
    for (int round = 0; round < 2; round++) {
      Outcome.Taken taken = server.store(thief.report(List.of(at -> at.rotation(stolen))));
      assertThat(server.answer(taken).refused())
          .extracting(RefusedRange::reason)
          .contains("revoked_key");
      assertThat(server.registry.find(stolen.kid())).isEmpty();
      server.nanos.addAndGet(Duration.ofSeconds(3).toNanos());
    }
  }

  @Test
  void letsARetiredKeyGoOnOnlyInStreamsThatWereThereBefore() {
    TestReports agent = server.agent("a");
    TestReports older = anotherStream(agent, "older");
    TestReports made = anotherStream(agent, "made").after(Duration.ofMinutes(-10));
    server.store(older.ups("blog", 1));
    server
        .database
        .jdbi()
        .useHandle(handle ->
            handle.execute("update stream set first_seen_at = first_seen_at - interval '1 hour'"));
    server.store(agent.report(List.of(at -> at.rotation(SigningKey.generate()))));
    server.store(older.ups("blog", 1));
    Outcome.Taken taken = server.store(made.ups("shop", 2));
    assertThat(server.sequences(older, 0)).isEqualTo(Set.of(1L, 2L));
    assertThat(server.answer(taken).refused())
        .containsExactly(new RefusedRange(new Range(1, 2), "revoked_key"));
    assertThat(server.count("check_result")).isEqualTo(2);
  }

  /** The same agent with the same key, in a stream of its own. */
  private TestReports anotherStream(TestReports agent, String stream) {
    return server
        .stranger(stream)
        .claiming(server.deployment.id(), "a", "eu-north-1")
        .signingWith(agent.key());
  }

  @Test
  void keepsResultsOutOfTimeApart() {
    TestReports agent = server.agent("a");
    server.store(agent.after(Duration.ofDays(-40)).ups("shop", 2));
    server.store(agent.after(Duration.ofDays(40).plusMinutes(50)).ups("shop", 1));
    assertThat(server.count("check_result")).isZero();
    assertThat(server.count("result_out_of_time")).isEqualTo(3);
    assertThat(server.count("evaluation_due")).isZero();
    assertThat(server.acknowledgement(agent).contiguous()).isEqualTo(3);
  }

  @Test
  void refusesNothingTwiceForTheSameReport() {
    TestReports agent = server.agent("a", "blog");
    Signed report = agent.ups("shop", 2);
    server.store(report);
    assertThat(server.store(report).duplicate()).isTrue();
    assertThat(server.count("refused_range")).isEqualTo(1);
  }
}
