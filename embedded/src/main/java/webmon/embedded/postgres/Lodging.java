package webmon.embedded.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds where a database can live and as whom PostgreSQL can run there.
 *
 * <p>Not root: as this user. Root: as this user within a user namespace; where there are none, as
 * user 65534, and where that user cannot reach the folder (within a closed home), in a folder of
 * its own below {@code elsewhere}. Data that is there already stays where it is, and whoever owns
 * it is tried first; if another user has to take over, the data will be given to that one.
 */
final class Lodging {
  static final Path ELSEWHERE = Path.of("/var/lib/webmon");

  private final Ground ground;
  private final Path elsewhere;
  private final Consumer<String> progress;
  private final RunAs self;
  private final RunAs namespace;

  Lodging(Ground ground, Path elsewhere, Consumer<String> progress) {
    this.ground = ground;
    this.elsewhere = elsewhere;
    this.progress = progress;
    this.self = new RunAs.Self(ground.uid(), ground.gid());
    this.namespace = new RunAs.Namespace(ground.uid(), ground.gid());
  }

  record Chosen(Place place, RunAs runAs) {}

  Chosen choose(Path folder) throws IOException, InterruptedException {
    Place here = new Place(folder.resolve("postgres"));
    boolean root = ground.uid() == 0;
    if (here.hasData()) {
      return root ? takeOver(here) : resume(here);
    }
    Place away = new Place(elsewhere.resolve(hash(folder)));
    if (root && away.hasData()) {
      return takeOver(away);
    }
    Folders.makePassable(here.folder());
    return root ? settleAsRoot(folder, here, away) : settle(here);
  }

  private Chosen settle(Place here) throws IOException, InterruptedException {
    return first(here, true, List.of(self, namespace))
        .orElseThrow(() ->
            new PostgresUnavailable(
                "PostgreSQL needs a user with a name, and user %d has none on this machine: give it an entry in /etc/passwd, or start webmon as another user."
                    .formatted(ground.uid())));
  }

  private Chosen settleAsRoot(Path folder, Place here, Place away)
      throws IOException, InterruptedException {
    Optional<Chosen> chosen = first(here, true, List.of(namespace, RunAs.NOBODY));
    if (chosen.isPresent()) {
      return chosen.get();
    }
    if (opens(away)) {
      chosen = first(away, true, List.of(RunAs.NOBODY));
    }
    if (chosen.isEmpty()) {
      Folders.tryDelete(away.folder());
      throw new PostgresUnavailable(
          "PostgreSQL does not run as root, and neither `unshare -U` nor `setpriv --reuid=%d` gives it another user here: start webmon as an ordinary user, or allow one of the two (both are of util-linux)."
              .formatted(RunAs.NOBODY.uid()));
    }
    Files.writeString(away.folder().resolve("folder"), folder + "\n");
    progress.accept(
        "PostgreSQL runs as user %d, who cannot reach %s: the database is in %s."
            .formatted(RunAs.NOBODY.uid(), folder, away.folder()));
    return chosen.get();
  }

  private Chosen resume(Place place) throws IOException, InterruptedException {
    long owner = ground.owner(place.data());
    if (owner != ground.uid()) {
      throw new PostgresUnavailable(
          "The database in %s belongs to user %d: start webmon as that user or as root, or give it to yourself with `chown -R`."
              .formatted(place.folder(), owner));
    }
    return first(place, false, List.of(self, namespace))
        .orElseThrow(() ->
            new PostgresUnavailable(
                "The folder %s is not writable: make it so, or choose another one."
                    .formatted(place.folder())));
  }

  private Chosen takeOver(Place place) throws IOException, InterruptedException {
    long owner = ground.owner(place.data());
    List<RunAs> candidates =
        owner == 0
            ? List.of(namespace, RunAs.NOBODY)
            : List.of(new RunAs.User(owner, ground.group(place.data())), namespace);
    return first(place, false, candidates)
        .orElseThrow(() ->
            new PostgresUnavailable(
                "The database in %s can be started neither through `unshare -U` nor by `setpriv` as user %d: allow user namespaces, or let that user pass the folders above it (`chmod o+x`)."
                    .formatted(place.folder(), owner == 0 ? RunAs.NOBODY.uid() : owner)));
  }

  private Optional<Chosen> first(Place place, boolean fresh, List<RunAs> candidates)
      throws IOException, InterruptedException {
    for (RunAs runAs : candidates) {
      if (ground.works(place, runAs, fresh)) {
        return Optional.of(new Chosen(place, runAs));
      }
    }
    return Optional.empty();
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
