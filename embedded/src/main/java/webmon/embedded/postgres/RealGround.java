package webmon.embedded.postgres;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** This process on this machine, found out by trying. */
record RealGround(long uid, long gid) implements Ground {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String WRITE = "cd \"$0\" && : >probe && rm probe";

  static RealGround ask() throws IOException, InterruptedException {
    return new RealGround(id("-u"), id("-g"));
  }

  private static long id(String option) throws IOException, InterruptedException {
    Command.Outcome outcome = Command.run(List.of("id", option), LIMIT);
    if (!outcome.good()) {
      throw new IOException("`id " + option + "` failed: " + outcome.said());
    }
    return Long.parseLong(outcome.output().strip());
  }

  @Override
  public long owner(Path path) throws IOException {
    return Folders.owner(path);
  }

  @Override
  public long group(Path path) throws IOException {
    return Folders.group(path);
  }

  @Override
  public boolean works(Place place, RunAs runAs, boolean fresh)
      throws IOException, InterruptedException {
    Path probe = Folders.makePrivate(Place.unfinished(place.folder().resolve("probe")));
    try {
      Folders.give(probe, runAs);
      String script = fresh ? WRITE + " && id -un" : WRITE;
      return Command.run(runAs.command(List.of("sh", "-c", script, probe.toString())), LIMIT)
          .good();
    } catch (FileSystemException e) {
      return false; // root of a user namespace in which there is no such user
    } finally {
      Folders.tryDelete(probe);
    }
  }
}
