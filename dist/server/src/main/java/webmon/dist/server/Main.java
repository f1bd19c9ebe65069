package webmon.dist.server;

import picocli.CommandLine;
import webmon.command.Program;
import webmon.server.command.ServerCommand;

/** {@code webmon-server.jar}: the verbs of {@code webmon server}. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    CommandLine commandLine = new CommandLine(new ServerCommand());
    commandLine.setCommandName("webmon-server");
    System.exit(Program.run(commandLine, arguments));
  }
}
