package webmon.agent.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import webmon.agent.report.Resending;
import webmon.command.Complaint;
import webmon.command.ExitCode;
import webmon.command.Program;

/** Has ended reports sent again, for when the server has lost them after all. */
@Command(
    name = "resend",
    mixinStandardHelpOptions = true,
    versionProvider = Program.VersionProvider.class,
    description = {
      "Has reports sent again that were acknowledged already.",
      "They go exactly as they were signed: a server that has them knows them by that and counts them"
          + " once. They are kept for 48 hours, as far as max_disk allows. A running agent sends them"
          + " within seconds, another one when it starts."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all of these sequences are sent again, or wait to be sent anyway",
      "1:some are not kept any more",
      "2:used wrongly, or there is no such stream",
      "3:the data_dir cannot be read or written"
    })
public final class ResendCommand implements Callable<Integer> {
  @Mixin private final WhichAgent which = new WhichAgent();

  @Option(
      names = "--from",
      required = true,
      paramLabel = "N",
      description = "The first sequence (event.sequence in the result log).")
  private long from;

  @Option(names = "--to", required = true, paramLabel = "M", description = "The last sequence.")
  private long to;

  @Option(
      names = "--stream",
      paramLabel = "ID",
      description = "The stream (webmon.stream in the result log; default: the current one).")
  private @Nullable String stream;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() {
    if (from < 1 || to < from) {
      throw new Complaint(ExitCode.WRONG_USE, "--from must be 1 or more, and --to not below it");
    }
    if (stream != null && !stream.matches("[0-9a-f]{32}")) {
      throw new Complaint(ExitCode.WRONG_USE, "--stream is 32 lower-case hex digits");
    }
    WhichAgent.Found found = which.find();
    Resending.Done done;
    try {
      done = Resending.of(found.dataDir(), stream, from, to);
    } catch (IOException e) {
      throw new Complaint(
          ExitCode.FAULT,
          "the data_dir " + found.dataDir() + " cannot be read or written: " + e,
          e);
    }
    if (done.stream() == null) {
      throw new Complaint(
          ExitCode.WRONG_USE,
          "no agent has run in " + found.dataDir() + ": name another one with --data-dir or -c");
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        done.reports()
            + (done.reports() == 1 ? " report" : " reports")
            + " of stream "
            + done.stream()
            + " will be sent again");
    out.flush();
    if (done.firstMissing() > 0) {
      throw new Complaint(
          ExitCode.NO,
          "sequence "
              + done.firstMissing()
              + " is not kept any more (and perhaps others above it): reports are kept for 48 hours,"
              + " and what was sealed anew would be another report");
    }
    return ExitCode.GOOD.code();
  }
}
