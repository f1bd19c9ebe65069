package webmon.agent.resultlog;

import static org.assertj.core.api.Assertions.assertThat;
import static webmon.agent.resultlog.Drafts.NOON;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import webmon.configuration.WebPage;
import webmon.monitor.MonitorDefinition;
import webmon.result.Hello;
import webmon.result.LineCodec;
import webmon.result.LogLine;
import webmon.result.Origin;

final class IntakeTest {
  private static final Origin ORIGIN = new Origin("a", "0123456789abcdef0123456789abcdef", "here");

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  private final List<LogLine> next = new ArrayList<>();
  private final List<LogLine> told = new ArrayList<>();

  @SuppressWarnings("NullAway.Init")
  private Intake intake;

  @SuppressWarnings("NullAway.Init")
  private ResultLog log;

  @BeforeEach
  void open() throws IOException {
    log = ResultLog.open(folder, ORIGIN, StreamLog.empty(ORIGIN.stream()), 0, 1 << 20);
    intake = new Intake(log, 3, line -> next.add(line.line()), line -> told.add(line.line()));
  }

  @Test
  void holdsResultsWhileTheLogCannotBeWrittenAndDropsTheOldestBeyondItsBound() throws IOException {
    Path obstacle = Files.writeString(folder.resolve(ORIGIN.stream()), "in the way");
    for (int i = 0; i < 5; i++) {
      intake.take(List.of(Drafts.up("page-" + i, NOON.plusSeconds(i))));
    }
    assertThat(next).isEmpty();
    assertThat(intake.counted()).isEqualTo(new Intake.Counted(5, 3, 2, 0));

    Files.delete(obstacle);
    intake.retry();

    assertThat(next)
        .extracting(LogLine::at)
        .containsExactly(NOON.plusSeconds(2), NOON.plusSeconds(3), NOON.plusSeconds(4));
    assertThat(next).extracting(LogLine::sequence).containsExactly(1L, 2L, 3L);
    assertThat(told).isEqualTo(next);
    assertThat(intake.counted()).isEqualTo(new Intake.Counted(5, 0, 2, 3));
  }

  @Test
  void givesUpWhatCannotBeLoggedAtTheEnd() throws IOException {
    Files.writeString(folder.resolve(ORIGIN.stream()), "in the way");
    intake.take(List.of(Drafts.up("page", NOON)));
    intake.close();
    assertThat(intake.counted()).isEqualTo(new Intake.Counted(1, 0, 1, 0));
  }

  @Test
  void leavesOutWhatDoesNotFitOnALine() {
    intake.take(List.of(Drafts.draft("page", NOON, webmon.result.Status.DOWN, "x".repeat(70_000))));
    assertThat(next).hasSize(1);
    assertThat(LineCodec.encode(next.getFirst()).length).isLessThan(2_000);
  }

  @Test
  void putsAHelloBeforeWhatWaitsWhenAStreamBegins() throws IOException {
    Path obstacle = Files.writeString(folder.resolve(ORIGIN.stream()), "in the way");
    intake.take(List.of(Drafts.up("page", NOON)));
    Files.delete(obstacle);
    Origin other = new Origin("a", "fedcba9876543210fedcba9876543210", "here");

    intake.begin(other, tail -> {}, HelloDraft.of(NOON, "1", List.of(Drafts.monitor("page"))));

    assertThat(next).hasSize(2);
    assertThat(next.getFirst()).isInstanceOf(Hello.class);
    assertThat(next).extracting(line -> line.origin().stream()).containsOnly(other.stream());
  }

  @Test
  void saysHelloOnAsManyLinesAsItTakes() {
    List<MonitorDefinition> many =
        IntStream.range(0, 300)
            .mapToObj(i ->
                WebPage.builder("https://example.com/" + i)
                    .name("page " + i)
                    .contentPatterns("ä".repeat(300))
                    .build()
                    .definition())
            .toList();
    intake.take(HelloDraft.of(NOON, "1", many));

    assertThat(next).hasSizeGreaterThan(5);
    List<Hello> hellos = next.stream().map(Hello.class::cast).toList();
    assertThat(hellos).extracting(Hello::revision).containsOnly(1L);
    assertThat(hellos).extracting(Hello::parts).containsOnly(hellos.size());
    assertThat(hellos)
        .extracting(Hello::part)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, hellos.size()).boxed().toList());
    assertThat(hellos.stream().flatMap(hello -> hello.monitors().stream()))
        .extracting(declared -> declared.definition().id())
        .containsExactlyElementsOf(many.stream().map(MonitorDefinition::id).toList());
    assertThat(hellos)
        .allSatisfy(hello -> assertThat(LineCodec.encode(hello).length).isLessThan(40_000));
  }

  @Test
  void leavesOutADefinitionThatNoLineCanHold() {
    MonitorDefinition endless =
        WebPage.builder("https://example.com/")
            .name("endless")
            .contentPatterns("x".repeat(70_000))
            .build()
            .definition();
    intake.take(HelloDraft.of(NOON, "1", List.of(endless, Drafts.monitor("page"))));
    assertThat(((Hello) next.getFirst()).monitors()).hasSize(1);
  }

  @Test
  void theRevisionGrowsWithEachHello() {
    for (int i = 0; i < 3; i++) {
      intake.take(HelloDraft.of(NOON, "1", List.of(Drafts.monitor("page"))));
      intake.take(List.of(Drafts.up("page", NOON.plusSeconds(i))));
    }
    assertThat(next.stream().filter(Hello.class::isInstance).map(Hello.class::cast))
        .extracting(Hello::revision)
        .containsExactly(1L, 3L, 5L);
  }
}
