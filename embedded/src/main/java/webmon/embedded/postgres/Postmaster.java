package webmon.embedded.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The main process of a PostgreSQL that runs on the data of a place, left there by an earlier owner
 * of the folder. The number in {@code postmaster.pid} alone says little: after a restart of the
 * machine or container it may be anybody's.
 */
final class Postmaster {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
  private static final int LOOKS = 1000;
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Duration CLOSE = Duration.ofSeconds(5);

  private final Place place;
  private final Pause pause;

  Postmaster(Place place, Pause pause) {
    this.place = place;
    this.pause = pause;
  }

  Place place() {
    return place;
  }

  Optional<ProcessHandle> running() throws IOException {
    List<String> lines = pidFileLines();
    return process(lines).filter(process -> whose(process, lines) == Whose.OURS);
  }

  /**
   * Stops it if it runs, as {@code pg_ctl stop -m fast -w} does, but by our own signal: it may run
   * as another user than the one that now runs PostgreSQL's programs. False if it still runs after
   * 20 seconds.
   */
  boolean stop() throws IOException, InterruptedException {
    Optional<ProcessHandle> found = running();
    if (found.isEmpty()) {
      forgetAnother();
      return true;
    }
    interrupt(found.get());
    for (int look = 0; look < LOOKS; look++) {
      if (running().isEmpty()) {
        return true;
      }
      pause.last(BETWEEN_LOOKS);
    }
    return false;
  }

  /** As ourselves or, since root of a user namespace may not do so, as the owner of the data. */
  private void interrupt(ProcessHandle postmaster) throws IOException, InterruptedException {
    List<String> kill = List.of("sh", "-c", "kill -INT " + postmaster.pid());
    if (!Command.run(kill, LIMIT).good()) {
      RunAs owner = new RunAs.User(Folders.owner(place.data()), Folders.group(place.data()));
      Command.run(owner.command(kill), LIMIT);
    }
  }

  /** PostgreSQL would take any process of that number for one on the same data, and not start. */
  private void forgetAnother() throws IOException {
    List<String> lines = pidFileLines();
    if (process(lines).filter(process -> whose(process, lines) == Whose.ANOTHER).isPresent()) {
      Files.deleteIfExists(pidFile());
    }
  }

  private enum Whose {
    OURS,
    ANOTHER,
    UNKNOWN
  }

  private Whose whose(ProcessHandle process, List<String> lines) {
    ProcessHandle.Info info = process.info();
    if (info.command().isPresent() && info.arguments().isPresent()) {
      return info.command().get().endsWith("/postgres")
              && List.of(info.arguments().get()).contains(place.data().toString())
          ? Whose.OURS
          : Whose.ANOTHER;
    }
    // Another user's process does not show its command, but when it was started; so does the file.
    boolean sameStart =
        lines.size() > 2
            && lines.get(2).matches("\\d{1,18}")
            && info.startInstant().isPresent()
            && Duration.between(
                        Instant.ofEpochSecond(Long.parseLong(lines.get(2))),
                        info.startInstant().get())
                    .abs()
                    .compareTo(CLOSE)
                <= 0;
    return sameStart ? Whose.OURS : Whose.UNKNOWN;
  }

  private static Optional<ProcessHandle> process(List<String> lines) {
    return lines.stream()
        .findFirst()
        .filter(line -> line.matches("[1-9]\\d{0,17}"))
        .flatMap(line -> ProcessHandle.of(Long.parseLong(line)));
  }

  private List<String> pidFileLines() throws IOException {
    try {
      return Files.readAllLines(pidFile());
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private Path pidFile() {
    return place.data().resolve("postmaster.pid");
  }
}
