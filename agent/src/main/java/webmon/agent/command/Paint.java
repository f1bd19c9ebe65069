package webmon.agent.command;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import webmon.result.Status;

/**
 * What the output can show.
 *
 * @param colours it is a terminal, and nobody set {@code NO_COLOR}
 * @param unicode it takes more than ASCII
 */
record Paint(boolean colours, boolean unicode) {

  static Paint of(CommandSpec spec) {
    Ansi ansi = spec.commandLine().getColorScheme().ansi();
    return new Paint(ansi.enabled(), outputTakes("█─✓"));
  }

  private static boolean outputTakes(String text) {
    String name = System.getProperty("stdout.encoding", "US-ASCII");
    Charset charset = Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.US_ASCII;
    return charset.canEncode() && charset.newEncoder().canEncode(text);
  }

  String good(String text) {
    return colour("32", text);
  }

  String bad(String text) {
    return colour("1;31", text);
  }

  String doubtful(String text) {
    return colour("33", text);
  }

  String faint(String text) {
    return colour("2", text);
  }

  String bold(String text) {
    return colour("1", text);
  }

  /** A text in the colour of a status. */
  String of(Status status, String text) {
    return switch (status) {
      case UP -> good(text);
      case DOWN -> bad(text);
      case DEGRADED, UNKNOWN, MISSED -> doubtful(text);
    };
  }

  String bar() {
    return unicode ? "█" : "#";
  }

  String unfinishedBar() {
    return unicode ? "░" : ".";
  }

  String mark(boolean met) {
    if (met) {
      return good(unicode ? "✓" : "ok");
    }
    return bad(unicode ? "✗" : "NO");
  }

  private String colour(String code, String text) {
    return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
