package webmon.server.command;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import webmon.command.Complaint;
import webmon.command.ExitCode;
import webmon.command.Program;
import webmon.server.access.NewApiKey;
import webmon.server.access.Scope;

/** {@code webmon server keys create}. */
@Command(
    name = "create",
    mixinStandardHelpOptions = true,
    versionProvider = Program.VersionProvider.class,
    description = "Makes an API key and prints it, this once.")
public final class KeysCreateCommand implements Callable<Integer> {
  private static final int LONGEST_NAME = 100;
  private static final Pattern LIFETIME = Pattern.compile("([1-9]\\d{0,4})([mhd])");

  @Mixin private final Administered administered = new Administered();

  @Option(names = "--name", required = true, description = "What or whom it is for.")
  private String name = "";

  @Option(
      names = "--scope",
      required = true,
      split = ",",
      description = "What it is good for: ingest, read or admin; may be given several times.")
  private List<String> scopes = List.of();

  @Option(
      names = "--agent",
      paramLabel = "ID",
      description = "Binds a key with scope ingest to this agent.")
  private @Nullable String agent;

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      description = "When it ends: 90d, 12h, 30m from now (default: never).")
  private @Nullable String expires;

  @Option(names = "--json", description = "Prints id and key as JSON.")
  private boolean json;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  /** What {@code --json} prints. */
  private record Shown(String id, String key) {}

  @Override
  public Integer call() {
    Set<Scope> wanted = scopes();
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      throw wrong("--name has 1 to " + LONGEST_NAME + " characters.");
    }
    Duration lifetime = expires == null ? null : lifetime(expires);
    return administered.run(
        administered.settings(),
        administration -> {
          Optional<NewApiKey> made =
              administration.keys().create(name.strip(), wanted, agent, lifetime);
          if (made.isEmpty()) {
            throw wrong("There is no agent '" + agent + "': 'server agents list' shows them.");
          }
          String key = made.get().key().value();
          if (json) {
            Output.json(spec, new Shown(made.get().id(), key));
          } else {
            Output.line(spec, key);
            Output.aside(
                spec,
                "Keep it: it is not shown again. 'server keys revoke %s' ends it."
                    .formatted(made.get().id()));
          }
          return ExitCode.GOOD.code();
        });
  }

  private Set<Scope> scopes() {
    Set<Scope> wanted = EnumSet.noneOf(Scope.class);
    for (String word : scopes) {
      wanted.add(
          Scope.ofWord(word)
              .orElseThrow(() -> wrong("--scope is ingest, read or admin, not '" + word + "'.")));
    }
    if (agent != null && !wanted.equals(EnumSet.of(Scope.INGEST))) {
      throw wrong("A key that is bound to an agent has the scope ingest and no other.");
    }
    return wanted;
  }

  private static Duration lifetime(String text) {
    Matcher matcher = LIFETIME.matcher(text);
    if (!matcher.matches()) {
      throw wrong("--expires is a number of days, hours or minutes such as 90d, 12h or 30m.");
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  private static Complaint wrong(String sentence) {
    return new Complaint(ExitCode.WRONG_USE, sentence);
  }
}
