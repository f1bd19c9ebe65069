package webmon.command;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;
import webmon.Version;

/** Runs a command line so that people get one sentence where something is wrong, and no stack. */
public final class Program {
  /** Understood by every command: shows the stack trace of what went wrong. */
  private static final String DEBUG = "--debug";

  private Program() {}

  /** The exit code of running this command with these arguments. */
  public static int run(CommandLine commandLine, String... arguments) {
    boolean debug = java.util.Arrays.asList(arguments).contains(DEBUG);
    String[] others =
        java.util.Arrays.stream(arguments)
            .filter(argument -> !argument.equals(DEBUG))
            .toArray(String[]::new);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setExecutionExceptionHandler(
        (exception, failed, parsed) -> say(exception, failed, parsed, debug));
    commandLine.setParameterExceptionHandler(Program::wrongUse);
    return commandLine.execute(others);
  }

  private static int wrongUse(ParameterException exception, String[] arguments) {
    CommandLine failed = exception.getCommandLine();
    PrintWriter err = failed.getErr();
    String name = failed.getCommandSpec().qualifiedName();
    err.println(name + ": " + exception.getMessage() + " (" + name + " --help says more)");
    UnmatchedArgumentException.printSuggestions(exception, err);
    err.flush();
    return ExitCode.WRONG_USE.code();
  }

  /** Whether the process has been told to end: what fails then is no fault. */
  private static boolean isEnding() {
    Thread probe = Thread.ofPlatform().unstarted(() -> {});
    try {
      Runtime.getRuntime().addShutdownHook(probe);
      Runtime.getRuntime().removeShutdownHook(probe);
      return false;
    } catch (IllegalStateException ending) {
      return true;
    }
  }

  private static int say(
      Exception exception, CommandLine failed, ParseResult parsed, boolean debug) {
    PrintWriter err = failed.getErr();
    if (debug) {
      exception.printStackTrace(err);
    }
    if (isEnding()) {
      return ExitCode.GOOD.code();
    }
    String name = parsed.commandSpec().qualifiedName();
    ExitCode exitCode;
    if (exception instanceof Complaint complaint) {
      exitCode = complaint.exitCode();
      err.println(name + ": " + complaint.getMessage());
    } else {
      exitCode = ExitCode.FAULT;
      err.println(
          name
              + ": this should not have happened ("
              + exception
              + "); run it again with --debug and tell us what it prints");
    }
    err.flush();
    return exitCode.code();
  }

  /** Answers {@code --version}. */
  public static final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        "webmon " + Version.current(),
        "Java " + Runtime.version() + ", " + System.getProperty("os.name")
      };
    }
  }
}
