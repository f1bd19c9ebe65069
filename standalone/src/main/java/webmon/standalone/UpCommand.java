package webmon.standalone;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import webmon.agent.AgentNotStartedException;
import webmon.agent.command.LineText;
import webmon.command.Complaint;
import webmon.command.ExitCode;
import webmon.command.UntilStopped;
import webmon.configuration.AgentSettings;
import webmon.configuration.Configuration;
import webmon.configuration.ConfigurationFile;
import webmon.configuration.Reading;
import webmon.configuration.Section;
import webmon.embedded.postgres.PostgresUnavailable;
import webmon.folder.FolderLock;
import webmon.server.CannotStart;

/** The whole system in one process, until Ctrl-C. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the whole system in this process: PostgreSQL, a queue, the server and an agent that"
          + " checks the pages of the configuration file. Its data stays in a folder; Ctrl-C stops"
          + " it."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped when it was asked to",
      "2:the configuration is broken, the port is taken, or another one runs on the folder",
      "3:the folder cannot be written, or PostgreSQL cannot be started here"
    })
final class UpCommand implements Callable<Integer> {
  private static final Path USUAL_DATA_DIR = Path.of(".webmon/agent");

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The configuration file (default: ${DEFAULT-VALUE}).")
  private Path file = Path.of("config.toml");

  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORT",
      description = "Where dashboard and API are, on 127.0.0.1 (default: ${DEFAULT-VALUE}).")
  private int port = 8080;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "Where all data is kept (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of(".webmon");

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Configuration configuration = configuration();
    try (FolderLock lock = lock()) {
      tryPort();
      Logs.toFile(lock.folder().resolve("webmon.log"));
      LiveLines lines = new LiveLines(out, new LineText(spec, ZoneId.systemDefault()));
      Standalone standalone =
          start(lock.folder(), configuration, sentence -> say(out, sentence), lines);
      say(out, welcome(standalone, configuration));
      lines.begin();
      UntilStopped.run(() -> stop(out, standalone));
    } catch (InterruptedException e) {
      // Ctrl-C before everything was there: what had been started is closed.
      say(out, "Stopped before it was up.");
    } catch (IOException e) {
      throw new Complaint(ExitCode.FAULT, "the lock on " + folder + " was lost: " + e, e);
    }
    return ExitCode.GOOD.code();
  }

  private Configuration configuration() {
    Reading reading = ConfigurationFile.read(file, Section.forUp(), System::getenv).needingPages();
    Configuration configuration = inFolder(reading.orComplaint());
    PrintWriter err = spec.commandLine().getErr();
    reading.problems().forEach(err::println);
    err.flush();
    return configuration;
  }

  private Configuration inFolder(Configuration configuration) {
    AgentSettings agent = configuration.agent();
    if (!agent.dataDir().equals(USUAL_DATA_DIR)) {
      return configuration;
    }
    return configuration.withAgent(
        new AgentSettings(
            agent.id(), agent.region(), folder.resolve("agent"), agent.maxDiskBytes()));
  }

  /** Found out before anything is started, which would take seconds. */
  private void tryPort() {
    if (port < 1 || port > 65_535) {
      throw new Complaint(ExitCode.WRONG_USE, port + " is no port, take one from 1 to 65535");
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
    } catch (IOException e) {
      throw new Complaint(
          ExitCode.WRONG_USE,
          "port "
              + port
              + " of 127.0.0.1 cannot be had ("
              + e.getMessage()
              + "), choose another one with --port, for instance --port "
              + (port >= 65_000 ? 8081 : port + 1),
          e);
    }
  }

  private FolderLock lock() {
    try {
      return switch (FolderLock.take(folder)) {
        case FolderLock.Held held -> held.lock();
        case FolderLock.Taken taken ->
            throw new Complaint(
                ExitCode.WRONG_USE,
                "another webmon"
                    + (taken.pid().isPresent() ? " (process " + taken.pid().getAsLong() + ")" : "")
                    + " runs on "
                    + folder
                    + ", stop it or choose another folder with --folder");
      };
    } catch (FileAlreadyExistsException e) {
      throw new Complaint(
          ExitCode.WRONG_USE,
          folder + " is a file: choose another place for the data with --folder",
          e);
    } catch (IOException e) {
      throw new Complaint(
          ExitCode.FAULT,
          "the folder "
              + folder
              + " cannot be written ("
              + e
              + "), mend its permissions or choose another one with --folder",
          e);
    }
  }

  private Standalone start(
      Path lockedFolder,
      Configuration configuration,
      java.util.function.Consumer<String> progress,
      LiveLines lines)
      throws InterruptedException {
    try {
      return new Standalone(lockedFolder, port, configuration, progress, lines);
    } catch (PostgresUnavailable e) {
      throw new Complaint(ExitCode.FAULT, String.valueOf(e.getMessage()), e);
    } catch (CannotStart e) {
      throw new Complaint(exitCode(e.exitCode()), e.sentence(), e);
    } catch (AgentNotStartedException e) {
      throw new Complaint(exitCode(e.exitCode()), String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new Complaint(
          ExitCode.FAULT, "the data in " + folder + " cannot be read or written: " + e, e);
    }
  }

  private static ExitCode exitCode(int code) {
    return code == ExitCode.WRONG_USE.code() ? ExitCode.WRONG_USE : ExitCode.FAULT;
  }

  private String welcome(Standalone standalone, Configuration configuration) {
    String serverFile = "-c " + folder.resolve(ServerFile.NAME);
    StringBuilder text = new StringBuilder("\n");
    text.append("  Dashboard   http://localhost:").append(port).append("/\n");
    text.append("  Log in      ")
        .append(standalone.server().createLoginLink())
        .append("\n              (once, within 15 minutes; another: ./webmon server login-link ")
        .append(serverFile)
        .append(")\n");
    text.append("  API key     ./webmon server keys create --name me --scope read ")
        .append(serverFile)
        .append('\n');
    text.append("  Results     ./webmon log -f, or ")
        .append(configuration.agent().dataDir().resolve("log/results.jsonl"))
        .append('\n');
    if (configuration.report() != null || configuration.server() != null) {
      text.append("\n  [report] and [server] of ")
          .append(file)
          .append(" are not used: up brings its own server and queue.\n");
    }
    int pages = configuration.webPages().size();
    return text.append("\nChecking ")
        .append(pages)
        .append(pages == 1 ? " page" : " pages")
        .append("; Ctrl-C stops.")
        .toString();
  }

  private static void stop(PrintWriter out, Standalone standalone) {
    say(out, "Stopping …");
    standalone.close();
    say(out, "Stopped; everything is kept.");
  }

  private static void say(PrintWriter out, String sentence) {
    out.println(sentence);
    out.flush();
  }
}
