package webmon.agent.command;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import webmon.result.CheckResult;
import webmon.result.Hello;
import webmon.result.LogLine;
import webmon.result.Rotation;

/** Lines of the result log for people: local time, what was seen, in colour where it can be. */
public final class LineText {
  private final Paint paint;
  private final DateTimeFormatter localTime;

  /**
   * For the terminal of a command.
   *
   * @param zone of the times
   */
  public LineText(CommandSpec spec, ZoneId zone) {
    this.paint = Paint.of(spec);
    this.localTime = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(zone);
  }

  /** One line, without its end. */
  public String of(LogLine line) {
    String at = localTime.format(line.at()) + "  ";
    return switch (line) {
      case CheckResult result ->
          at + ResultText.of(result.monitor().name(), result.observation(), paint);
      case Hello hello ->
          at
              + paint.faint(
                  "agent %s of version %s watches %d pages%s"
                      .formatted(
                          hello.origin().agent(),
                          hello.version(),
                          hello.monitors().size(),
                          hello.parts() == 1
                              ? ""
                              : " (part " + hello.part() + " of " + hello.parts() + ")"));
      case Rotation rotation ->
          at + paint.faint("agent " + rotation.origin().agent() + " has a new signing key");
    };
  }

  /** What stands for a line that is none. */
  String unreadable(String why) {
    return paint.doubtful("a line that cannot be read: " + why);
  }
}
