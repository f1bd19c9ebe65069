package webmon.embedded.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The main process of a PostgreSQL that runs on the data of a place, left there by an earlier owner
 * of the folder. The number in {@code postmaster.pid} alone says little: after a restart of the
 * machine or container it may be anybody's.
 */
final class Postmaster {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
  private static final int LOOKS = 1000;

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
    try (Stream<String> lines = Files.lines(pidFile())) {
      return lines
          .findFirst()
          .filter(line -> line.matches("[1-9]\\d{0,17}"))
          .flatMap(line -> ProcessHandle.of(Long.parseLong(line)))
          .filter(this::isOurs);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * Stops it if it runs, as {@code pg_ctl stop -m fast -w} does, but by our own signal: it may run
   * as another user than the one that now runs PostgreSQL's programs. False if it still runs after
   * 20 seconds.
   */
  boolean stop() throws IOException, InterruptedException {
    Optional<ProcessHandle> found = running();
    if (found.isEmpty()) {
      // PostgreSQL would take any process of that number for one on the same data.
      Files.deleteIfExists(pidFile());
      return true;
    }
    String pid = Long.toString(found.get().pid());
    Command.run(List.of("kill", "-INT", pid), Duration.ofSeconds(5));
    for (int look = 0; look < LOOKS; look++) {
      if (running().isEmpty()) {
        return true;
      }
      pause.last(BETWEEN_LOOKS);
    }
    return false;
  }

  private boolean isOurs(ProcessHandle process) {
    ProcessHandle.Info info = process.info();
    return info.command().orElse("").endsWith("/postgres")
        && info.arguments()
            .map(arguments -> List.of(arguments).contains(place.data().toString()))
            .orElse(true);
  }

  private Path pidFile() {
    return place.data().resolve("postmaster.pid");
  }
}
