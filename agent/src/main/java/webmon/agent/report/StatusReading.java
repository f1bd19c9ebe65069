package webmon.agent.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import webmon.agent.report.AgentStatus.Counts;
import webmon.agent.report.AgentStatus.Mode;
import webmon.agent.resultlog.LogFolder;
import webmon.agent.resultlog.StreamLog;

/** An agent's status from the files of its {@code data_dir}, whether it runs or not. */
public final class StatusReading {
  /** A running agent says something every 5 s. */
  private static final Duration SILENT_AFTER = Duration.ofSeconds(15);

  private StatusReading() {}

  /**
   * What the files say.
   *
   * @param running whether it said something of itself just now
   */
  public record Read(AgentStatus status, boolean running) {}

  /** Empty if no agent has run there. */
  public static Optional<Read> of(Path dataDir, Instant now) throws IOException {
    CurrentStream current = CurrentStream.read(DataDirectory.stream(dataDir)).orElse(null);
    if (current == null) {
      return Optional.empty();
    }
    String stream = current.origin().stream();
    StatusFile.Said said = StatusFile.read(DataDirectory.status(dataDir)).orElse(null);
    List<Outstanding> outstanding = outstanding(DataDirectory.outbox(dataDir));
    Path kept = DataDirectory.acknowledged(dataDir);
    Instant lastAcknowledged = null;
    Watermark watermark = Watermark.none(stream);
    if (Files.isDirectory(kept)) {
      for (Watermark one : KeptReports.watermarks(kept).values()) {
        Instant at = one.at();
        if (at != null && (lastAcknowledged == null || at.isAfter(lastAcknowledged))) {
          lastAcknowledged = at;
        }
        if (one.stream().equals(stream)) {
          watermark = one;
        }
      }
    }
    long sealed = watermark.sequence();
    for (Outstanding report : outstanding) {
      if (report.name().stream().equals(stream)) {
        sealed = Math.max(sealed, report.name().last());
      }
    }
    long tail =
        Math.max(
            sealed, StreamLog.open(DataDirectory.log(dataDir), stream, Long.MAX_VALUE - 1).tail());
    AgentStatus status =
        new AgentStatus(
            current.origin().agent(),
            mode(said, current),
            stream,
            tail,
            sealed,
            watermark.contiguous(),
            lastAcknowledged,
            outstanding.size(),
            oldest(outstanding),
            said == null ? null : said.status().clockOffset(),
            diskBytes(dataDir),
            said == null ? new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0) : said.status().counts());
    boolean running = said != null && said.running() && said.at().isAfter(now.minus(SILENT_AFTER));
    return Optional.of(new Read(status, running));
  }

  private static Mode mode(StatusFile.@Nullable Said said, CurrentStream current) {
    if (said != null) {
      return said.status().mode();
    }
    return current.deployment() == null ? Mode.LOG_ONLY : Mode.ACKNOWLEDGED;
  }

  private static List<Outstanding> outstanding(Path outbox) throws IOException {
    List<Outstanding> outstanding = new ArrayList<>();
    if (Files.isDirectory(outbox)) {
      for (ReportName name : KeptReports.names(outbox)) {
        Path file = outbox.resolve(name.file());
        try {
          Instant sealedAt = Files.getLastModifiedTime(file).toInstant();
          outstanding.add(new Outstanding(name, Files.size(file), sealedAt, false));
        } catch (NoSuchFileException endedMeanwhile) {
          continue;
        }
      }
    }
    return outstanding;
  }

  private static @Nullable Instant oldest(List<Outstanding> outstanding) {
    return outstanding.stream().map(Outstanding::sealedAt).min(Instant::compareTo).orElse(null);
  }

  private static long diskBytes(Path dataDir) throws IOException {
    long bytes = 0;
    Path log = DataDirectory.log(dataDir);
    for (String stream : LogFolder.streams(log)) {
      for (LogFolder.LogFile file : LogFolder.files(log, stream)) {
        bytes += file.bytes();
      }
    }
    for (Path folder :
        List.of(DataDirectory.outbox(dataDir), DataDirectory.acknowledged(dataDir))) {
      if (Files.isDirectory(folder)) {
        for (ReportName name : KeptReports.names(folder)) {
          try {
            bytes += KeptReports.onDisk(folder.resolve(name.file()));
          } catch (NoSuchFileException endedMeanwhile) {
            continue;
          }
        }
      }
    }
    return bytes;
  }
}
