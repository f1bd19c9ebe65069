package webmon.benchmarks;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import webmon.command.Program;

/** The programs by name. */
@Command(
    name = "benchmarks/run",
    mixinStandardHelpOptions = true,
    description = "Loads the real thing, measures it and kills it.",
    subcommands = {KillsCommand.class, LoadCommand.class})
public final class Main {
  public static void main(String[] arguments) {
    System.exit(Program.run(new CommandLine(new Main()), arguments));
  }
}
