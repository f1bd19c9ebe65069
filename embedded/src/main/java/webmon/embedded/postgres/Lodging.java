package webmon.embedded.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Finds, by trying, where a database can live and as whom PostgreSQL can run there.
 *
 * <p>Not root: as this user. Root: as this user within a user namespace; where there are none, as
 * user 65534, and where that user cannot reach the folder (within a closed home), in a folder of
 * its own below {@code /var/lib/webmon}. Data that is there already stays where it is, and whoever
 * owns it is tried first; if another user has to take over, the data is given to that one.
 */
final class Lodging {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  // Only a user who has a name may run initdb.
  private static final String NEW = "cd \"$0\" && : >probe && rm probe && id -un";
  private static final String KNOWN = "cd \"$0\" && : >probe && rm probe";

  private final Self self;
  private final Path elsewhere;
  private final Consumer<String> progress;

  private Lodging(Self self, Path elsewhere, Consumer<String> progress) {
    this.self = self;
    this.elsewhere = elsewhere;
    this.progress = progress;
  }

  static Lodging ofThisProcess(Consumer<String> progress) throws IOException, InterruptedException {
    return new Lodging(Self.ask(), Path.of("/var/lib/webmon"), progress);
  }

  record Chosen(Place place, RunAs runAs) {}

  private record Self(long uid, long gid) {
    static Self ask() throws IOException, InterruptedException {
      return new Self(id("-u"), id("-g"));
    }

    private static long id(String option) throws IOException, InterruptedException {
      Command.Outcome outcome = Command.run(List.of("id", option), LIMIT);
      if (!outcome.good()) {
        throw new IOException("`id " + option + "` failed: " + outcome.said());
      }
      return Long.parseLong(outcome.output().strip());
    }

    boolean root() {
      return uid == 0;
    }

    RunAs directly() {
      return new RunAs.Self(uid, gid);
    }

    RunAs inNamespace() {
      return new RunAs.Namespace(uid, gid);
    }
  }

  Chosen choose(Path folder) throws IOException, InterruptedException {
    Place here = new Place(folder.resolve("postgres"));
    Place away = new Place(elsewhere.resolve(hash(folder)));
    if (here.hasData() || !self.root()) {
      Folders.makePassable(here.folder());
      return here.hasData() ? takeOver(here) : fresh(here);
    }
    if (away.hasData()) {
      return takeOver(away);
    }
    Folders.makePassable(here.folder());
    for (RunAs runAs : List.of(self.inNamespace(), RunAs.NOBODY)) {
      if (works(here, runAs, NEW)) {
        return new Chosen(here, runAs);
      }
    }
    if (opens(away) && works(away, RunAs.NOBODY, NEW)) {
      Files.writeString(away.folder().resolve("folder"), folder + "\n");
      progress.accept(
          "PostgreSQL runs as user %d, who cannot reach %s: the database is in %s."
              .formatted(RunAs.NOBODY.uid(), folder, away.folder()));
      return new Chosen(away, RunAs.NOBODY);
    }
    throw new PostgresUnavailable(noWay());
  }

  private Chosen fresh(Place here) throws IOException, InterruptedException {
    for (RunAs runAs : List.of(self.directly(), self.inNamespace())) {
      if (works(here, runAs, NEW)) {
        return new Chosen(here, runAs);
      }
    }
    throw new PostgresUnavailable(
        "PostgreSQL needs a user with a name, and user %d has none on this machine: give it an entry in /etc/passwd, or start webmon as another user."
            .formatted(self.uid()));
  }

  private Chosen takeOver(Place place) throws IOException, InterruptedException {
    long owner = Folders.owner(place.data());
    if (!self.root() && owner != self.uid()) {
      throw new PostgresUnavailable(
          "The database in %s belongs to user %d: start webmon as that user or as root, or give it to yourself with `chown -R`."
              .formatted(place.folder(), owner));
    }
    List<RunAs> candidates = new ArrayList<>();
    if (!self.root()) {
      candidates.add(self.directly());
      candidates.add(self.inNamespace());
    } else if (owner == 0) {
      candidates.add(self.inNamespace());
      candidates.add(RunAs.NOBODY);
    } else {
      candidates.add(new RunAs.User(owner, Folders.group(place.data())));
      candidates.add(self.inNamespace());
    }
    for (RunAs runAs : candidates) {
      if (works(place, runAs, KNOWN)) {
        return new Chosen(place, runAs);
      }
    }
    throw new PostgresUnavailable(
        self.root()
            ? noWay()
                + " The database in %s is there already: user %d would have to reach it (`chmod o+x` on the folders above)."
                    .formatted(place.folder(), RunAs.NOBODY.uid())
            : "The folder %s is not writable: make it so, or choose another one."
                .formatted(place.folder()));
  }

  private String noWay() {
    return "PostgreSQL does not run as root, and neither `unshare -U` nor `setpriv --reuid=65534` gives it another user here: start webmon as an ordinary user, or allow one of the two (both are of util-linux).";
  }

  private boolean opens(Place away) {
    try {
      Folders.makePassable(elsewhere);
      Folders.makePassable(away.folder());
      return true;
    } catch (IOException e) {
      return false; // a system that cannot be written to
    }
  }

  /** Whether PostgreSQL's programs, run so, could work in a folder of their own in that place. */
  private boolean works(Place place, RunAs runAs, String script)
      throws IOException, InterruptedException {
    Path probe = Folders.makePrivate(place.folder().resolve("probe-" + UUID.randomUUID()));
    try {
      Folders.give(probe, runAs);
      return Command.run(runAs.command(List.of("sh", "-c", script, probe.toString())), LIMIT)
          .good();
    } catch (FileSystemException e) {
      return false; // root of a user namespace in which there is no such user
    } finally {
      Folders.tryDelete(probe);
    }
  }

  private static String hash(Path folder) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(folder.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
