package webmon.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import webmon.report.TestReports;
import webmon.report.TestReports.Signed;
import webmon.result.Hello;
import webmon.server.agents.Deployment;

/** What agents declare they watch. */
class HelloTest {
  private final IngestFixture server = new IngestFixture();
  private final TestReports agent = server.agent("a", "shop", "blog");

  private Signed hello(long revision, String... monitors) {
    return agent.report(
        List.of(at ->
            at.hello(revision, List.of(monitors).stream().map(TestReports::definition).toList())));
  }

  @Test
  void takesOverDefinitionsAsReceived() {
    server.store(hello(1, "shop", "blog"));
    assertThat(
            server.texts(
                """
                select concat_ws('|', slug, name, url, interval_ms, failure_threshold, quorum, tags,
                  definition->>'id', definition->'assertions'->'content_pattern'->>0, c.revision,
                  c.version, c.complete)
                from configuration c join monitor_declaration using (configuration_id)
                join monitor_definition using (definition_id)
                join monitor m on m.monitor_id = monitor_definition.monitor_id
                where slug = 'shop'
                """))
        .containsExactly(
            "shop|Page shop|https://example.com/shop|60000|2|majority|{\"team\": \"web\"}|shop"
                + "|Welcome|1|0.1.0|t");
    assertThat(server.texts("select version from agent")).containsExactly("0.1.0");
    assertThat(server.acknowledgement(agent).contiguous()).isEqualTo(1);
  }

  @Test
  void fillsInWhatResultsHadNamedBefore() {
    Signed hello = hello(1, "shop");
    server.store(agent.ups("shop", 2));
    assertThat(server.texts("select name from monitor_definition where hash is null"))
        .containsExactly("Page shop");
    server.store(hello);
    assertThat(server.count("monitor_definition")).isEqualTo(1);
    assertThat(server.database.number("select timeout_ms from monitor_definition"))
        .isEqualTo(10_000);
    assertThat(
            server.database.number(
                """
                select count(*) from check_result r join monitor_definition d
                  on d.definition_id = r.definition_id where d.hash is not null
                """))
        .isEqualTo(2);
  }

  @Test
  void leavesOutMonitorsThatTheAgentMayNotReport() {
    server.store(hello(1, "shop", "other"));
    assertThat(server.texts("select slug from monitor")).containsExactly("shop");
    assertThat(server.acknowledgement(agent).refused()).isEmpty();
  }

  @Test
  void keepsADefinitionPerRevision() {
    server.store(hello(1, "shop"));
    server.store(
        agent.report(
            List.of(at ->
                at.hello(
                    2, List.of(TestReports.definition("shop", "https://example.org/", true))))));
    assertThat(
            server.texts(
                """
                select revision || ' ' || url from configuration
                join monitor_declaration using (configuration_id)
                join monitor_definition using (definition_id) order by revision
                """))
        .containsExactly("1 https://example.com/shop", "2 https://example.org/");
    assertThat(server.database.number("select count(distinct essence) from monitor_definition"))
        .isEqualTo(2);
  }

  @Test
  void isCompleteOnceAllPartsAreThereInAnyOrder() {
    Signed first = part(1);
    Signed second = part(2);
    server.store(second);
    assertThat(server.texts("select complete from configuration")).containsExactly("f");
    server.store(first);
    assertThat(server.texts("select complete from configuration")).containsExactly("t");
  }

  private Signed part(int part) {
    return agent.report(
        List.of(at -> {
          Hello whole = at.hello(1, List.of());
          return new Hello(
              whole.origin(), whole.sequence(), whole.at(), "0.1.0", 1, part, 2, List.of());
        }));
  }

  @Test
  void givesANewEpochOnlyWhenTold() {
    Deployment before = Deployment.read(server.database.jdbi());
    assertThat(server.acknowledgement(agent).storeEpoch()).isEqualTo(before.storeEpoch());
    Deployment after =
        Deployment.renewEpoch(server.database.jdbi(), new java.security.SecureRandom());
    assertThat(after.storeEpoch()).isNotEqualTo(before.storeEpoch()).matches("[0-9a-f]{32}");
    assertThat(after.id()).isEqualTo(before.id());
    assertThat(server.acknowledgement(agent).storeEpoch()).isEqualTo(after.storeEpoch());
  }

  @Test
  void notesSignsOfLifeAndTheClock() {
    server.store(agent.after(Duration.ofMinutes(1)).ups("shop", 1));
    assertThat(server.database.number("select clock_offset_us from agent")).isEqualTo(250);
    assertThat(server.texts("select name from agent where last_seen_at is not null"))
        .containsExactly("a");
    assertThat(server.texts("select name from agent where acknowledged_at is not null")).isEmpty();
    server.acknowledgement(agent);
    assertThat(server.texts("select name from agent where acknowledged_at is not null"))
        .containsExactly("a");
  }
}
