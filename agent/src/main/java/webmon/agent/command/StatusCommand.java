package webmon.agent.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import webmon.agent.report.AgentStatus;
import webmon.agent.report.AgentStatus.Mode;
import webmon.agent.report.StatusReading;
import webmon.command.Complaint;
import webmon.command.ExitCode;
import webmon.command.Program;
import webmon.result.MicrosecondTime;

/** Shows how far an agent's results have come, whether it runs or not. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    versionProvider = Program.VersionProvider.class,
    description = "Shows how far the agent's results have come, whether it runs or not.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all is well",
      "1:reports wait, and none was acknowledged for 15 minutes",
      "2:used wrongly, or no agent has run there",
      "3:the data_dir cannot be read"
    })
public final class StatusCommand implements Callable<Integer> {
  /** After that an outbox that is not empty is no matter of the next few seconds. */
  private static final Duration LONG = Duration.ofMinutes(15);

  @Mixin private final WhichAgent which = new WhichAgent();

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  private final InstantSource clock;

  public StatusCommand() {
    this(InstantSource.system());
  }

  StatusCommand(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() {
    WhichAgent.Found found = which.find();
    Instant now = clock.instant();
    StatusReading.Read read;
    try {
      read =
          StatusReading.of(found.dataDir(), now)
              .orElseThrow(() ->
                  new Complaint(
                      ExitCode.WRONG_USE,
                      "no agent has run in "
                          + found.dataDir()
                          + ": name another one with --data-dir or -c"));
    } catch (IOException e) {
      throw new Complaint(
          ExitCode.FAULT, "the data_dir " + found.dataDir() + " cannot be read: " + e, e);
    }
    show(read, now);
    return isStuck(read.status(), now) ? ExitCode.NO.code() : ExitCode.GOOD.code();
  }

  private void show(StatusReading.Read read, Instant now) {
    AgentStatus status = read.status();
    line("agent", status.agent() + (read.running() ? ", running" : ", not running"));
    line("mode", mode(status.mode()));
    line("stream", status.stream());
    line("logged", "up to sequence " + status.tail());
    if (status.mode() != Mode.LOG_ONLY) {
      line("sealed", "up to sequence " + status.sealed());
      line("outstanding", outstanding(status, now));
      if (status.mode() == Mode.ACKNOWLEDGED) {
        line("acknowledged", "everything up to sequence " + status.contiguous());
      }
      line(
          status.mode() == Mode.ACKNOWLEDGED ? "last acknowledged" : "last accepted",
          time(status.lastAcknowledged(), now));
      Duration offset = status.clockOffset();
      if (offset != null) {
        line(
            "clock",
            "the server's is "
                + offset.abs().toMillis()
                + (offset.isNegative() ? " ms behind" : " ms ahead"));
      }
      AgentStatus.Counts counts = status.counts();
      line(
          "since its start",
          "%d lines taken over, %d logged; %d acknowledged, %d waiting, %d refused, %d lost"
              .formatted(
                  counts.carried(),
                  counts.logged(),
                  counts.acknowledged(),
                  counts.pending(),
                  counts.refused(),
                  counts.lost()));
    }
    if (status.counts().waiting() + status.counts().dropped() > 0) {
      line(
          "not logged",
          status.counts().waiting()
              + " results wait for the disk, "
              + status.counts().dropped()
              + " were dropped");
    }
    line("disk", "%.1f MiB".formatted(status.diskBytes() / (1024.0 * 1024.0)));
    spec.commandLine().getOut().flush();
  }

  private void line(String name, String value) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(Locale.ROOT, "%-18s %s%n", name, value);
  }

  private static String mode(Mode mode) {
    return mode.word()
        + switch (mode) {
          case LOG_ONLY -> ": results are written to the log and not sent";
          case ACKNOWLEDGED -> ": a report ends when the server has signed for it";
          case QUEUE_ACKNOWLEDGED ->
              ": a report ends when the queue has accepted it; what is lost behind the queue is not"
                  + " noticed here";
        };
  }

  private static String outstanding(AgentStatus status, Instant now) {
    Instant oldest = status.oldestOutstanding();
    String reports = status.outstanding() + (status.outstanding() == 1 ? " report" : " reports");
    return oldest == null ? reports : reports + ", the oldest from " + time(oldest, now);
  }

  private static String time(@Nullable Instant at, Instant now) {
    if (at == null) {
      return "never";
    }
    Duration ago = Duration.between(at, now);
    String words =
        ago.toHours() >= 2
            ? ago.toHours() + " h"
            : ago.toMinutes() >= 2 ? ago.toMinutes() + " min" : ago.toSeconds() + " s";
    return MicrosecondTime.format(at) + " (" + words + " ago)";
  }

  private static boolean isStuck(AgentStatus status, Instant now) {
    Instant oldest = status.oldestOutstanding();
    Instant last = status.lastAcknowledged();
    return oldest != null
        && oldest.isBefore(now.minus(LONG))
        && (last == null || last.isBefore(now.minus(LONG)));
  }
}
