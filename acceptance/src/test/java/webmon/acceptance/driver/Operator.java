package webmon.acceptance.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import webmon.agent.report.AgentIdentity;
import webmon.configuration.ConfigurationFile;
import webmon.configuration.Reading;
import webmon.server.Administration;
import webmon.server.AgentRegistration;
import webmon.server.CannotStart;
import webmon.server.Registered;
import webmon.server.Startup;
import webmon.server.access.Scope;

/** What an operator does beside the database, without starting a process for each command. */
final class Operator implements AutoCloseable {
  private final Administration administration;

  private Operator(Administration administration) {
    this.administration = administration;
  }

  static Operator of(Path serverFile) {
    if (ConfigurationFile.read(serverFile) instanceof Reading.Usable usable
        && usable.configuration().server() != null) {
      try {
        return new Operator(
            Administration.open(usable.configuration().server(), Startup.inProcess()));
      } catch (CannotStart e) {
        throw new AssertionError(e);
      }
    }
    throw new AssertionError(serverFile + " is no server's file");
  }

  /** A key for everything. */
  String makeKey() {
    return administration
        .keys()
        .create("acceptance", EnumSet.allOf(Scope.class), nobody(), null)
        .orElseThrow()
        .key()
        .value();
  }

  /** Makes the agent's key where it keeps it; what the server prints for its configuration. */
  String register(AgentProcess agent) {
    try {
      AgentIdentity identity = AgentIdentity.of(agent.dataDir(), agent.id(), new SecureRandom());
      AgentRegistration registration =
          new AgentRegistration(
              agent.id(), agent.region(), List.of("*"), identity.key().publicKey(), null);
      return switch (administration.register(registration)) {
        case Registered.Welcome welcome -> welcome.block().toml();
        case Registered.Declined declined -> throw new AssertionError(declined.sentence());
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (CannotStart e) {
      throw new AssertionError(e);
    }
  }

  private static @Nullable String nobody() {
    return null;
  }

  @Override
  public void close() {
    administration.close();
  }
}
