package webmon.agent.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import webmon.command.Program;

/** What a command printed and how it ended. */
record CommandRun(int exit, String out, String err) {

  static CommandRun of(Object command, String... arguments) {
    return of(command, new StringWriter(), Ansi.OFF, arguments);
  }

  static CommandRun of(Object command, StringWriter out, Ansi ansi, String... arguments) {
    StringWriter err = new StringWriter();
    CommandLine commandLine =
        new CommandLine(command)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .setColorScheme(new ColorScheme.Builder(ansi).build());
    int exit = Program.run(commandLine, arguments);
    return new CommandRun(exit, out.toString(), err.toString());
  }
}
