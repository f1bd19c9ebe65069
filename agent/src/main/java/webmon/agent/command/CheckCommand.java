package webmon.agent.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import webmon.Version;
import webmon.agent.check.HttpChecks;
import webmon.agent.check.Inspection;
import webmon.command.Complaint;
import webmon.command.ExitCode;
import webmon.command.Program;
import webmon.configuration.AgentSettings;
import webmon.configuration.WebPage;
import webmon.result.FailureKind;
import webmon.result.Observation;
import webmon.result.Status;

/** Checks pages once and shows what happened; nothing is logged or sent. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    versionProvider = Program.VersionProvider.class,
    description = "Checks a page once and shows where the time went.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every page is up",
      "1:a page is down",
      "2:used or configured wrongly",
      "3:a page could not be checked"
    })
public final class CheckCommand implements Callable<Integer> {
  /** Pages that are checked at once by {@code --all}. */
  private static final int AT_ONCE = 16;

  @Parameters(
      arity = "0..1",
      paramLabel = "URL|NAME",
      description = {
        "A URL (without http:// or https://, the latter is tried),",
        "or the id or name of a page of the configuration file."
      })
  private @Nullable String target;

  @Option(names = "--all", description = "Check every page of the file that is enabled.")
  private boolean all;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The configuration file (default: ${DEFAULT-VALUE}).")
  private Path file = Path.of("config.toml");

  @Option(
      names = "--pattern",
      paramLabel = "P",
      description = "With a URL: an RE2 expression to be found in the body. May be repeated.")
  private List<String> patterns = new ArrayList<>();

  @Option(
      names = "--timeout",
      paramLabel = "T",
      description = "With a URL: the deadline of the whole check, as 5 or 250ms (default: 10).")
  private @Nullable String timeout;

  @Option(
      names = {"-v", "--verbose"},
      description = "Show the headers too; secret values are masked.")
  private boolean verbose;

  @Option(names = "--json", description = "JSON Lines: one object for each page, on one line.")
  private boolean json;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  private final InstantSource clock;

  public CheckCommand() {
    this(InstantSource.system());
  }

  CheckCommand(InstantSource clock) {
    this.clock = clock;
  }

  private record Checked(WebPage page, Instant at, Inspection inspection) {}

  @Override
  public Integer call() throws InterruptedException {
    // First of all: making the checks turns the JDK's cache of DNS answers off.
    try (HttpChecks checks =
            new HttpChecks("webmon/" + Version.current(), clock, System::nanoTime);
        ExecutorService threads =
            Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().name("check-", 0).factory())) {
      PagesToCheck wanted = wanted();
      Rehearsal.of(checks);
      List<Future<Checked>> running = new ArrayList<>();
      for (WebPage page : wanted.pages()) {
        running.add(threads.submit(() -> check(checks, page)));
      }
      List<Checked> done = new ArrayList<>();
      for (Future<Checked> one : running) {
        Checked checked = result(one);
        done.add(checked);
        show(checked, wanted);
      }
      if (all && !json) {
        summary(done);
      }
      return exitCode(done).code();
    }
  }

  private PagesToCheck wanted() {
    if (all == (target != null)) {
      throw new Complaint(
          ExitCode.WRONG_USE, "say what to check: a URL, the name of a page, or --all");
    }
    if (target == null) {
      refuseUrlOptions("--all");
      return PagesToCheck.all(file);
    }
    if (PagesToCheck.isUrl(target) || PagesToCheck.looksLikeHost(target)) {
      return PagesToCheck.ofUrl(target, patterns, timeout);
    }
    refuseUrlOptions("a NAME");
    return PagesToCheck.named(target, file);
  }

  private void refuseUrlOptions(String with) {
    if (!patterns.isEmpty() || timeout != null) {
      throw new Complaint(
          ExitCode.WRONG_USE,
          "--pattern and --timeout go with a URL; with " + with + " the file says them");
    }
  }

  private Checked check(HttpChecks checks, WebPage page) throws InterruptedException {
    Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return new Checked(page, at, checks.of(page).inspect());
  }

  private static Checked result(Future<Checked> running) throws InterruptedException {
    try {
      return running.get();
    } catch (ExecutionException e) {
      throw new Complaint(
          ExitCode.FAULT,
          "a check failed by a fault of ours; run it again with --debug and tell us what it prints",
          e);
    }
  }

  private void show(Checked checked, PagesToCheck wanted) {
    PrintWriter out = spec.commandLine().getOut();
    CheckText text = new CheckText(Paint.of(spec), out, checked.at());
    if (json) {
      AgentSettings agent = wanted.agent();
      out.println(
          ResultJson.of(
              checked.page().id(),
              agent == null ? null : agent.id(),
              agent == null ? "local" : agent.region(),
              checked.at(),
              checked.inspection().observation()));
    } else if (all && !verbose) {
      text.brief(checked.page(), checked.inspection());
    } else {
      text.whole(checked.page(), checked.inspection(), verbose);
      if (wanted.guessedScheme() && mayMeanHttp(checked.inspection().observation())) {
        out.println("  https:// was put before it; perhaps you mean http://" + target);
      }
    }
    out.flush();
  }

  private static boolean mayMeanHttp(Observation seen) {
    return seen.failure() != null
        && (seen.failure().kind() == FailureKind.CONNECT_REFUSED
            || seen.failure().kind() == FailureKind.TLS);
  }

  private void summary(List<Checked> done) {
    long up = done.stream().filter(one -> one.inspection().observation().failure() == null).count();
    PrintWriter out = spec.commandLine().getOut();
    out.println(up + " of " + done.size() + (done.size() == 1 ? " page" : " pages") + " up");
    out.flush();
  }

  private static ExitCode exitCode(List<Checked> done) {
    List<Status> statuses =
        done.stream().map(one -> one.inspection().observation().status()).toList();
    if (statuses.contains(Status.DOWN)) {
      return ExitCode.NO;
    }
    return statuses.contains(Status.UNKNOWN) ? ExitCode.FAULT : ExitCode.GOOD;
  }
}
