package webmon.agent.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import webmon.agent.resultlog.Durable;

/**
 * Puts ended reports back into the outbox, beside a running agent or without one. Only whole and
 * identical reports are sent again: the same lines sealed anew would be a different report for
 * sequences that the server may hold, which is what a fork looks like.
 */
public final class Resending {
  private Resending() {}

  /**
   * What could be done.
   *
   * @param stream null: there is none
   * @param reports that were put back
   * @param firstMissing the first of the sequences that is in no report any more; 0: all are
   */
  public record Done(@Nullable String stream, int reports, long firstMissing) {}

  /**
   * Puts back every kept report that has one of these sequences.
   *
   * @param stream null: the current one
   */
  public static Done of(Path dataDir, @Nullable String stream, long from, long to)
      throws IOException {
    String wanted = stream;
    if (wanted == null) {
      CurrentStream current = CurrentStream.read(DataDirectory.stream(dataDir)).orElse(null);
      if (current == null) {
        return new Done(null, 0, from);
      }
      wanted = current.origin().stream();
    }
    Path outbox = DataDirectory.outbox(dataDir);
    Path kept = DataDirectory.acknowledged(dataDir);
    List<ReportName> present = new ArrayList<>();
    int reports = 0;
    for (ReportName name : names(kept)) {
      if (name.stream().equals(wanted) && name.first() <= to && from <= name.last()) {
        if (putBack(kept.resolve(name.file()), outbox.resolve(name.file()))) {
          reports++;
        }
        present.add(name);
      }
    }
    for (ReportName name : names(outbox)) {
      if (name.stream().equals(wanted)) {
        present.add(name);
      }
    }
    return new Done(wanted, reports, firstMissing(present, from, to));
  }

  private static List<ReportName> names(Path folder) throws IOException {
    return Files.isDirectory(folder) ? KeptReports.names(folder) : List.of();
  }

  private static boolean putBack(Path kept, Path outstanding) throws IOException {
    try {
      Durable.move(kept, outstanding);
      return true;
    } catch (NoSuchFileException deletedMeanwhile) {
      return false;
    }
  }

  static long firstMissing(List<ReportName> present, long from, long to) {
    long next = from;
    boolean advanced = true;
    while (advanced && next <= to) {
      advanced = false;
      for (ReportName name : present) {
        if (name.first() <= next && next <= name.last()) {
          next = name.last() + 1;
          advanced = true;
        }
      }
    }
    return next > to ? 0 : next;
  }
}
