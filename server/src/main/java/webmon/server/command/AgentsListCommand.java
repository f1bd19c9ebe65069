package webmon.server.command;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import webmon.command.ExitCode;
import webmon.command.Program;
import webmon.server.agents.Member;

/** {@code webmon server agents list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    versionProvider = Program.VersionProvider.class,
    description = "Lists the registered agents: how each reports, and what is missing.")
public final class AgentsListCommand implements Callable<Integer> {
  private static final int ALL = 100_000;

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
          List<Member> members = administration.fleet().list(null, ALL);
          if (json) {
            Output.json(spec, members);
          } else {
            Output.table(
                spec,
                List.of(
                    "ID",
                    "REGION",
                    "MODE",
                    "LAST SEEN",
                    "CONTIGUOUS",
                    "MISSING",
                    "GAPS",
                    "FORKS",
                    "CHAIN BREAKS",
                    "VERSION"),
                members.stream().map(AgentsListCommand::row).toList());
          }
          return ExitCode.GOOD.code();
        });
  }

  private static List<String> row(Member member) {
    return List.of(
        member.id(),
        member.region(),
        member.lastSeenAt() == null ? "-" : member.mode(),
        shown(member.lastSeenAt()),
        Long.toString(member.contiguous()),
        Long.toString(member.missing()),
        Long.toString(member.gaps()),
        Long.toString(member.forks()),
        Long.toString(member.chainBreaks()),
        member.version() == null ? "-" : member.version());
  }

  private static String shown(@Nullable Instant time) {
    return time == null ? "never" : time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
