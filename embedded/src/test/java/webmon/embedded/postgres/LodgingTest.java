package webmon.embedded.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which way is chosen where; that the ways work is shown by {@link WaysTest}. */
final class LodgingTest {
  private static final RunAs ROOT_IN_NAMESPACE = new RunAs.Namespace(0, 0);
  private static final RunAs ANN = new RunAs.User(1000, 100);

  @TempDir private Path temporary;

  private final List<String> progress = new ArrayList<>();
  private Path folder = Path.of("");
  private Path elsewhere = Path.of("");

  @BeforeEach
  void makeFolders() throws IOException {
    folder = Files.createDirectory(temporary.resolve("folder"));
    elsewhere = temporary.resolve("elsewhere");
  }

  @Test
  void aUserRunsItAsHimself() throws IOException, InterruptedException {
    RunAs self = new RunAs.Self(1000, 100);
    assertThat(choose(1000, Map.of(folder, List.of(self)))).isEqualTo(here(self));
  }

  @Test
  void aUserWithoutANameRunsItInANamespaceWhereThereHeHasOne()
      throws IOException, InterruptedException {
    RunAs namespace = new RunAs.Namespace(1000, 100);
    assertThat(choose(1000, Map.of(folder, List.of(namespace)))).isEqualTo(here(namespace));
  }

  @Test
  void aUserWithoutANameIsToldSo() {
    assertThatThrownBy(() -> choose(1000, Map.of()))
        .isInstanceOf(PostgresUnavailable.class)
        .hasMessageContaining("user 1000 has none");
  }

  @Test
  void rootPrefersANamespace() throws IOException, InterruptedException {
    assertThat(choose(0, Map.of(folder, List.of(ROOT_IN_NAMESPACE, RunAs.NOBODY))))
        .isEqualTo(here(ROOT_IN_NAMESPACE));
  }

  @Test
  void rootWithoutNamespacesRunsItAsNobodyInTheFolder() throws IOException, InterruptedException {
    assertThat(choose(0, Map.of(folder, List.of(RunAs.NOBODY), elsewhere, List.of(RunAs.NOBODY))))
        .isEqualTo(here(RunAs.NOBODY));
    assertThat(progress).isEmpty();
  }

  @Test
  void rootGoesElsewhereWhereNobodyCannotReachTheFolderAndSaysSo()
      throws IOException, InterruptedException {
    Lodging.Chosen chosen = choose(0, Map.of(elsewhere, List.of(RunAs.NOBODY)));
    assertThat(chosen.runAs()).isEqualTo(RunAs.NOBODY);
    assertThat(chosen.place().folder()).hasParent(elsewhere);
    assertThat(chosen.place().folder().resolve("folder")).hasContent(folder + "\n");
    assertThat(progress)
        .containsExactly(
            "PostgreSQL runs as user 65534, who cannot reach %s: the database is in %s."
                .formatted(folder, chosen.place().folder()));
  }

  @Test
  void rootIsToldWhatToDoWhereNothingWorks() {
    assertThatThrownBy(() -> choose(0, Map.of()))
        .isInstanceOf(PostgresUnavailable.class)
        .hasMessageContaining("start webmon as an ordinary user");
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void dataElsewhereIsFoundAgainAlsoWhenTheFolderWouldDoNow()
      throws IOException, InterruptedException {
    Place away = choose(0, Map.of(elsewhere, List.of(RunAs.NOBODY))).place();
    Files.createDirectory(away.data());
    Map<Path, List<RunAs>> all =
        Map.of(
            folder, List.of(ROOT_IN_NAMESPACE, RunAs.NOBODY),
            elsewhere, List.of(ROOT_IN_NAMESPACE, RunAs.NOBODY));
    assertThat(choose(0, all, 65534)).isEqualTo(new Lodging.Chosen(away, RunAs.NOBODY));
  }

  @Test
  void rootKeepsTheOwnerOfTheData() throws IOException, InterruptedException {
    Files.createDirectories(folder.resolve("postgres/data"));
    assertThat(choose(0, Map.of(folder, List.of(ROOT_IN_NAMESPACE, ANN)), 1000))
        .isEqualTo(here(ANN));
    assertThat(choose(0, Map.of(folder, List.of(ROOT_IN_NAMESPACE)), 1000))
        .isEqualTo(here(ROOT_IN_NAMESPACE));
  }

  @Test
  void dataMadeInANamespaceGoesToNobodyWhereThereIsNoneAnyMore()
      throws IOException, InterruptedException {
    Files.createDirectories(folder.resolve("postgres/data"));
    assertThat(choose(0, Map.of(folder, List.of(RunAs.NOBODY)), 0)).isEqualTo(here(RunAs.NOBODY));
  }

  @Test
  void dataThatNobodyCanReachIsNotLeftBehindForNewDataElsewhere() throws IOException {
    Files.createDirectories(folder.resolve("postgres/data"));
    assertThatThrownBy(() -> choose(0, Map.of(elsewhere, List.of(RunAs.NOBODY)), 0))
        .isInstanceOf(PostgresUnavailable.class)
        .hasMessageContaining("chmod o+x")
        .hasMessageContaining(folder.toString());
  }

  @Test
  void aUserDoesNotTouchTheDataOfAnother() throws IOException {
    Files.createDirectories(folder.resolve("postgres/data"));
    assertThatThrownBy(
            () -> choose(1000, Map.of(folder, List.of(new RunAs.Self(1000, 100))), 65534))
        .isInstanceOf(PostgresUnavailable.class)
        .hasMessageContaining("belongs to user 65534");
  }

  private Lodging.Chosen here(RunAs runAs) {
    return new Lodging.Chosen(new Place(folder.resolve("postgres")), runAs);
  }

  private Lodging.Chosen choose(long uid, Map<Path, List<RunAs>> working)
      throws IOException, InterruptedException {
    return choose(uid, working, uid);
  }

  private Lodging.Chosen choose(long uid, Map<Path, List<RunAs>> working, long owner)
      throws IOException, InterruptedException {
    return new Lodging(new FakeGround(uid, owner, working), elsewhere, progress::add)
        .choose(folder);
  }

  /** A machine on which certain users reach certain folders. */
  private record FakeGround(long uid, long owner, Map<Path, List<RunAs>> working)
      implements Ground {
    @Override
    public long gid() {
      return uid == 0 ? 0 : 100;
    }

    @Override
    public long owner(Path path) {
      return owner;
    }

    @Override
    public long group(Path path) {
      return owner == 65534 ? 65534 : 100;
    }

    @Override
    public boolean works(Place place, RunAs runAs, boolean fresh) {
      return working.entrySet().stream()
          .anyMatch(entry ->
              place.folder().startsWith(entry.getKey()) && entry.getValue().contains(runAs));
    }
  }
}
