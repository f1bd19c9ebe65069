package webmon.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import webmon.server.TestDatabase;

/** The schema as a whole, whatever is in it. */
class SchemaTest {
  private final TestDatabase database = TestDatabase.fresh();

  private List<String> texts(String sql) {
    return database.jdbi().withHandle(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }

  @Test
  void givesEveryForeignKeyAnIndex() {
    assertThat(
            texts(
                """
                select c.conname from pg_constraint c
                where c.contype = 'f' and not exists (
                  select 1 from pg_index i
                  where i.indrelid = c.conrelid
                    and (i.indkey::int2[])[0 : cardinality(c.conkey) - 1] = c.conkey)
                """))
        .isEmpty();
  }

  @Test
  void saysOfEveryTableWhatItIsFor() {
    assertThat(
            texts(
                """
                select relname from pg_class
                where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
                  and not relispartition and relname <> 'flyway_schema_history'
                  and obj_description(oid, 'pg_class') is null
                """))
        .isEmpty();
  }

  @Test
  void hasNoTimeWithoutAZone() {
    assertThat(
            texts(
                """
                select table_name || '.' || column_name from information_schema.columns
                where table_schema = 'public' and data_type = 'timestamp without time zone'
                  and table_name <> 'flyway_schema_history'
                """))
        .isEmpty();
  }

  @Test
  void namesEveryConstraint() {
    assertThat(
            texts(
                """
                select conname from pg_constraint
                where connamespace = 'public'::regnamespace and contype in ('p', 'f', 'u', 'c')
                  and conrelid <> 'flyway_schema_history'::regclass
                  and (conname like '%\\_fkey' or conname like '%\\_pkey' or conname like '%\\_key'
                    or conname like '%\\_check')
                """))
        .isEmpty();
  }

  @Test
  void knowsEveryFailureKindThatTheWireKnows() {
    assertThat(texts("select code from failure_kind"))
        .containsExactlyInAnyOrderElementsOf(
            java.util.Arrays.stream(webmon.result.FailureKind.values())
                .map(webmon.result.FailureKind::code)
                .toList());
  }

  @Test
  @Timeout(60)
  void makesTheSameDayOnceForManyServersWithoutBlockingWriters() throws Exception {
    Instant day = Instant.parse("2026-11-22T23:59:59.999999Z");
    database
        .jdbi()
        .useTransaction(handle -> {
          new DayPartitions(database.jdbi(), "report_evidence").provide(List.of(day));
          handle.execute(
              "insert into report_evidence values (1, '2026-11-22T10:00:00Z', 'held open')");
          // The writer above has not committed yet; nobody waits for it.
          try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            Callable<Boolean> another =
                () -> {
                  DayPartitions partitions = new DayPartitions(database.jdbi(), "report_evidence");
                  partitions.provide(List.of(day, day.plusMillis(1)));
                  return true;
                };
            for (Future<Boolean> made :
                threads.invokeAll(java.util.Collections.nCopies(8, another))) {
              assertThat(made.get()).isTrue();
            }
          }
        });
    assertThat(
            texts(
                """
                select c.relname || ' ' || pg_get_expr(c.relpartbound, c.oid)
                from pg_inherits i join pg_class c on c.oid = i.inhrelid
                where i.inhparent = 'report_evidence'::regclass order by 1
                """))
        .hasSize(2)
        .allMatch(bound -> bound.startsWith("report_evidence_2026112"));
  }
}
