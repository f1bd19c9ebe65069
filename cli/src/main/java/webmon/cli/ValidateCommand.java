package webmon.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import webmon.command.ExitCode;
import webmon.command.Program;
import webmon.configuration.Configuration;
import webmon.configuration.ConfigurationFile;
import webmon.configuration.Problem;
import webmon.configuration.Reading;
import webmon.configuration.TransportKind;
import webmon.configuration.WebPage;

/** Prints every problem of a configuration file, one a line; warnings alone do not fail. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    versionProvider = Program.VersionProvider.class,
    description = "Says everything that is wrong with a configuration file.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the file can be used", "2:the file has errors"})
public final class ValidateCommand implements Callable<Integer> {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The configuration file (default: ${DEFAULT-VALUE}).")
  private Path file = Path.of("config.toml");

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Reading reading = needed(ConfigurationFile.read(file));
    reading.problems().forEach(out::println);
    String counted = counted(reading.problems());
    switch (reading) {
      case Reading.Usable usable -> {
        out.println(file + ": good: " + summary(usable.configuration()) + counted);
        out.flush();
        return ExitCode.GOOD.code();
      }
      case Reading.Broken broken -> {
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        err.println(file + ": cannot be used:" + counted.substring(1));
        err.flush();
        return ExitCode.WRONG_USE.code();
      }
    }
  }

  /** A server's file need not say what is watched; every other one must. */
  private static Reading needed(Reading reading) {
    boolean server =
        reading instanceof Reading.Usable usable && usable.configuration().server() != null;
    return server ? reading : reading.needingPages();
  }

  private static String summary(Configuration configuration) {
    List<WebPage> pages = configuration.webPages();
    long paused = pages.stream().filter(page -> !page.enabled()).count();
    StringBuilder text = new StringBuilder(count(pages.size(), "web page"));
    if (paused > 0) {
      text.append(" (").append(paused).append(" not enabled)");
    }
    if (configuration.report() != null) {
      List<String> ways =
          configuration.report().transports().stream().map(TransportKind::word).toList();
      text.append(", reports by ").append(String.join(", else by ", ways));
    }
    if (configuration.server() != null) {
      text.append(", a server on ").append(configuration.server().address());
    }
    return text.toString();
  }

  private static String counted(List<Problem> problems) {
    long errors = problems.stream().filter(Problem::isError).count();
    long warnings = problems.size() - errors;
    return (errors > 0 ? ", " + count(errors, "error") : "")
        + (warnings > 0 ? ", " + count(warnings, "warning") : "");
  }

  private static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
