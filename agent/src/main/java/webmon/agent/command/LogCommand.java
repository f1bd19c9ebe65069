package webmon.agent.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import webmon.command.Complaint;
import webmon.command.ExitCode;
import webmon.command.Program;
import webmon.configuration.AgentSettings;
import webmon.configuration.ConfigurationFile;
import webmon.configuration.Problem;
import webmon.configuration.Reading;
import webmon.configuration.Section;
import webmon.result.CheckResult;
import webmon.result.LineCodec;
import webmon.result.MalformedLineException;

/** Shows the result log of an agent, which may be running, to people. */
@Command(
    name = "log",
    mixinStandardHelpOptions = true,
    versionProvider = Program.VersionProvider.class,
    description = "Shows the newest results of an agent's log, one a line.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:shown", "1:there is nothing to show", "2:used or configured wrongly"})
public final class LogCommand implements Callable<Integer> {
  private static final Path DEFAULT_FILE = Path.of("config.toml");
  private static final Path DEFAULT_DATA_DIR = Path.of(".webmon", "agent");
  private static final long LOOK_AGAIN_MILLIS = 200;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "Only the page with this id or name.")
  private @Nullable String name;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on showing results as they come, until Ctrl-C.")
  private boolean follow;

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "LINES",
      description = "So many of the newest (default: ${DEFAULT-VALUE}).")
  private int lines = 20;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The configuration file, which says where the log is (default: config.toml).")
  private @Nullable Path file;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "The agent's data_dir, instead of what the file says.")
  private @Nullable Path dataDir;

  @Option(names = "--json", description = "The lines as they are: JSON Lines, ECS field names.")
  private boolean json;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  private final ZoneId zone;

  public LogCommand() {
    this(ZoneId.systemDefault());
  }

  LogCommand(ZoneId zone) {
    this.zone = zone;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (lines < 0) {
      throw new Complaint(ExitCode.WRONG_USE, "-n must be 0 or more, is " + lines);
    }
    Path log = dataDir().resolve("log");
    if (!Files.isDirectory(log)) {
      throw new Complaint(
          ExitCode.WRONG_USE,
          "there is no result log in "
              + log
              + ": start an agent, or say where it is with --data-dir or -c");
    }
    LogTail tail = new LogTail(new LogSegments(log), this::isWanted);
    List<byte[]> last = tail.last(lines);
    last.forEach(this::show);
    spec.commandLine().getOut().flush();
    if (follow) {
      followForEver(tail);
    }
    if (last.isEmpty() && lines > 0) {
      throw new Complaint(
          ExitCode.NO,
          name == null ? "the log is empty" : "the log has no result of \"" + name + '"');
    }
    return ExitCode.GOOD.code();
  }

  /** Ends by an interrupt, or with the process. */
  private void followForEver(LogTail tail) throws IOException, InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    while (!never.await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
      tail.more(this::show);
      spec.commandLine().getOut().flush();
    }
  }

  private Path dataDir() {
    if (dataDir != null) {
      return dataDir;
    }
    if (file == null && !Files.exists(DEFAULT_FILE)) {
      return DEFAULT_DATA_DIR;
    }
    Path configured = file == null ? DEFAULT_FILE : file;
    Reading reading = ConfigurationFile.read(configured, EnumSet.of(Section.AGENT), System::getenv);
    return switch (reading) {
      case Reading.Usable usable -> {
        AgentSettings agent = usable.configuration().agent();
        yield agent.dataDir();
      }
      case Reading.Broken broken ->
          throw new Complaint(
              ExitCode.WRONG_USE,
              broken.problems().stream()
                  .filter(Problem::isError)
                  .map(Problem::toString)
                  .collect(Collectors.joining(System.lineSeparator())));
    };
  }

  private boolean isWanted(byte[] line) {
    if (name == null) {
      return true;
    }
    try {
      return LineCodec.decode(line) instanceof CheckResult result
          && (result.monitor().id().equals(name) || result.monitor().name().equalsIgnoreCase(name));
    } catch (MalformedLineException e) {
      return false;
    }
  }

  private void show(byte[] line) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(new String(line, StandardCharsets.UTF_8));
      out.print('\n');
      return;
    }
    LineText text = new LineText(spec, zone);
    try {
      out.println(text.of(LineCodec.decode(line)));
    } catch (MalformedLineException e) {
      out.println(text.unreadable(String.valueOf(e.getMessage())));
    }
  }
}
