package webmon.server.command;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
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
import webmon.configuration.ServerSettings;
import webmon.monitor.Slug;
import webmon.report.VerificationKey;
import webmon.server.AgentRegistration;
import webmon.server.Registered;

/** {@code webmon server agents add}. */
@Command(
    name = "add",
    mixinStandardHelpOptions = true,
    versionProvider = Program.VersionProvider.class,
    description = {
      "Registers an agent, whose public key comes on standard input, and prints what to paste into"
          + " its configuration file.",
      "On the agent's machine: webmon agent key > agent.jwk",
      "Doing it again with the same key makes a further API key and changes nothing else."
    })
public final class AgentsAddCommand implements Callable<Integer> {
  private static final int LONGEST_JWK = 10_000;
  private static final Pattern PATTERN = Pattern.compile("[a-z0-9._*-]{1,64}");

  @Mixin private final Administered administered = new Administered();

  @Option(names = "--id", required = true, description = "The agent's id.")
  private String id = "";

  @Option(names = "--region", required = true, description = "Where it stands.")
  private String region = "";

  @Option(
      names = "--may-report",
      paramLabel = "PATTERN",
      split = ",",
      description =
          "Which monitor ids it may report, * for any characters; may be given several times"
              + " (default: all).")
  private List<String> mayReport = List.of("*");

  @Option(
      names = "--server-url",
      paramLabel = "URL",
      description = "Where the agent reaches the server (default: public_url).")
  private @Nullable URI serverUrl;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  private final InputStream in;

  public AgentsAddCommand() {
    this(System.in);
  }

  AgentsAddCommand(InputStream in) {
    this.in = in;
  }

  @Override
  public Integer call() {
    checkWords();
    ServerSettings settings = administered.settings();
    if (serverUrl == null && settings.publicUrl() == null && settings.queueUrl() == null) {
      throw wrong(
          "The agent would have no address to report to: give --server-url, or set public_url or"
              + " queue_url under [server].");
    }
    AgentRegistration agent = new AgentRegistration(id, region, mayReport, publicKey(), serverUrl);
    return administered.run(
        settings,
        administration -> {
          switch (administration.register(agent)) {
            case Registered.Welcome(var block) -> {
              Output.line(spec, block.toml().stripTrailing());
              Output.aside(
                  spec,
                  "The agent '%s' is registered. Put this into its configuration file, which only it may read%s."
                      .formatted(
                          id,
                          block.serverUrl() == null
                              ? "; without --server-url or public_url it never hears what has arrived"
                              : ""));
              return ExitCode.GOOD.code();
            }
            case Registered.Declined(String sentence) -> throw wrong(sentence);
          }
        });
  }

  private void checkWords() {
    if (!Slug.isValid(id)) {
      throw wrong("--id is lower-case letters, digits, '.', '_' and '-', at most 64.");
    }
    if (!Slug.isValid(region)) {
      throw wrong("--region is lower-case letters, digits, '.', '_' and '-', at most 64.");
    }
    for (String pattern : mayReport) {
      if (!PATTERN.matcher(pattern).matches()) {
        throw wrong(
            "--may-report is a monitor id in which * stands for any characters, not '"
                + pattern
                + "'.");
      }
    }
  }

  private VerificationKey publicKey() {
    String jwk;
    try {
      jwk = new String(in.readNBytes(LONGEST_JWK), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new Complaint(ExitCode.FAULT, "Standard input cannot be read.", e);
    }
    if (jwk.isEmpty()) {
      throw wrong("The agent's public key is expected on standard input: '< agent.jwk'.");
    }
    if (jwk.contains("\"d\"")) {
      throw wrong(
          "This is a private key, which must not leave the agent: 'webmon agent key' prints the"
              + " public one.");
    }
    try {
      return VerificationKey.ofJwk(jwk);
    } catch (IllegalArgumentException e) {
      throw new Complaint(
          ExitCode.WRONG_USE,
          "Standard input is not a public key as 'webmon agent key' prints it: "
              + e.getMessage()
              + ".",
          e);
    }
  }

  private static Complaint wrong(String sentence) {
    return new Complaint(ExitCode.WRONG_USE, sentence);
  }
}
