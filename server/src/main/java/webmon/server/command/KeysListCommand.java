package webmon.server.command;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import webmon.command.ExitCode;
import webmon.command.Program;
import webmon.server.access.ApiKey;
import webmon.server.access.Scope;

/** {@code webmon server keys list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    versionProvider = Program.VersionProvider.class,
    description = "Lists API keys, without their secrets.")
public final class KeysListCommand implements Callable<Integer> {
  @Mixin private final Administered administered = new Administered();

  @Option(names = "--json", description = "Prints them as JSON.")
  private boolean json;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() {
    return administered.run(
        administered.settings(),
        administration -> {
          List<ApiKey> keys = administration.keys().list();
          if (json) {
            Output.json(spec, keys);
          } else {
            Instant now = InstantSource.system().instant();
            Output.table(
                spec,
                List.of("ID", "NAME", "SCOPES", "AGENT", "STATE", "EXPIRES", "LAST USED"),
                keys.stream().map(key -> row(key, now)).toList());
          }
          return ExitCode.GOOD.code();
        });
  }

  private static List<String> row(ApiKey key, Instant now) {
    return List.of(
        key.id(),
        key.name(),
        key.scopes().stream().sorted().map(Scope::word).collect(Collectors.joining(",")),
        key.agent() == null ? "-" : key.agent(),
        state(key, now),
        shown(key.expiresAt()),
        shown(key.lastUsedAt()));
  }

  private static String state(ApiKey key, Instant now) {
    Instant expires = key.expiresAt();
    if (key.revokedAt() != null) {
      return "revoked";
    }
    return expires != null && !now.isBefore(expires) ? "expired" : "good";
  }

  private static String shown(@Nullable Instant time) {
    return time == null ? "never" : time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
