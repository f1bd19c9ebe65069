package webmon.server.command;

import java.net.URI;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import webmon.command.Complaint;
import webmon.command.ExitCode;
import webmon.command.Program;
import webmon.configuration.ListenAddress;
import webmon.configuration.ServerSettings;
import webmon.server.access.LoginLinks;

/** {@code webmon server login-link}. */
@Command(
    name = "login-link",
    mixinStandardHelpOptions = true,
    versionProvider = Program.VersionProvider.class,
    description = "Prints a link that logs one browser in, once.")
public final class LoginLinkCommand implements Callable<Integer> {
  @Mixin private final Administered administered = new Administered();

  @Option(
      names = "--server-url",
      paramLabel = "URL",
      description = "Where the browser reaches the server (default: public_url, else address).")
  private @Nullable URI serverUrl;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() {
    ServerSettings settings = administered.settings();
    URI server = server(settings);
    return administered.run(
        settings,
        administration -> {
          Output.line(spec, administration.createLoginLink(server).toString());
          Output.aside(
              spec, "It works once, within " + LoginLinks.LIFETIME.toMinutes() + " minutes.");
          return ExitCode.GOOD.code();
        });
  }

  private URI server(ServerSettings settings) {
    if (serverUrl != null) {
      return URI.create(serverUrl.toString().replaceFirst("/+$", ""));
    }
    URI publicUrl = settings.publicUrl();
    if (publicUrl != null) {
      return publicUrl;
    }
    ListenAddress address = settings.address();
    if (address.port() == 0) {
      throw new Complaint(
          ExitCode.WRONG_USE,
          "The server's port is not fixed, so nobody knows its address here: give --server-url.");
    }
    boolean anywhere = address.host().equals("0.0.0.0") || address.host().equals("::");
    return URI.create(
        "http://" + new ListenAddress(anywhere ? "localhost" : address.host(), address.port()));
  }
}
