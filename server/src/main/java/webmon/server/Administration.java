package webmon.server;

import com.codahale.metrics.MetricRegistry;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import webmon.configuration.ServerSettings;
import webmon.server.access.ApiKeys;
import webmon.server.access.KeysFile;
import webmon.server.access.KnownServerKeys;
import webmon.server.access.LoginLinks;
import webmon.server.access.NewApiKey;
import webmon.server.access.Scope;
import webmon.server.access.ServerKeys;
import webmon.server.agents.Fleet;
import webmon.server.agents.Registrations;

/**
 * What an operator does beside the database, whether a server runs or not: registering agents,
 * making and revoking API keys, making login links. Safe for many threads; whoever opens it closes
 * it.
 */
public final class Administration implements AutoCloseable {
  private final ServerSettings settings;
  private final Database database;
  private final InstantSource clock;
  private final ApiKeys keys;
  private final LoginLinks links;
  private final String deployment;
  private final String schemaVersion;

  private Administration(
      ServerSettings settings, Database database, InstantSource clock, String schemaVersion) {
    Jdbi jdbi = database.jdbi();
    SecureRandom random = new SecureRandom();
    this.settings = settings;
    this.database = database;
    this.clock = clock;
    this.keys = new ApiKeys(jdbi, clock, random);
    this.links = new LoginLinks(jdbi, clock, random);
    this.schemaVersion = schemaVersion;
    this.deployment =
        jdbi.withHandle(
            handle -> handle.createQuery("select id from deployment").mapTo(String.class).one());
  }

  /**
   * Opens the database, waiting for it as long as told, and brings its schema to this version.
   *
   * @throws CannotStart with a sentence for people
   */
  public static Administration open(ServerSettings settings, Startup startup) throws CannotStart {
    return open(settings, startup, new MetricRegistry());
  }

  static Administration open(ServerSettings settings, Startup startup, MetricRegistry metrics)
      throws CannotStart {
    Database database = Database.open(settings, metrics, startup.databaseWait(), startup.clock());
    try {
      return new Administration(settings, database, startup.clock(), database.migrate());
    } catch (CannotStart | RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** API keys: create, list, revoke. */
  public ApiKeys keys() {
    return keys;
  }

  /** The registered agents, to be read. */
  public Fleet fleet() {
    return new Fleet(database.jdbi());
  }

  /** The server's random id, 32 lower-case hex digits. */
  public String deployment() {
    return deployment;
  }

  /** The version that the schema was brought to. */
  public String schemaVersion() {
    return schemaVersion;
  }

  /**
   * A link that logs a browser in once.
   *
   * @param server where the dashboard is reached, without a trailing slash
   */
  public URI createLoginLink(URI server) {
    return URI.create(server + "/login?token=" + links.create().value());
  }

  /**
   * Registers an agent and gives it an API key. Doing so again with the same key and region gives
   * it a further API key and changes nothing else.
   *
   * @throws CannotStart if the server's own keys cannot be read or made
   */
  public Registered register(AgentRegistration agent) throws CannotStart {
    ServerKeys serverKeys = serverKeys();
    Optional<String> declined =
        new Registrations(database.jdbi(), clock)
            .register(agent.id(), agent.region(), agent.mayReport(), agent.key());
    if (declined.isPresent()) {
      return new Registered.Declined(declined.get());
    }
    NewApiKey key =
        keys.create("agent " + agent.id(), EnumSet.of(Scope.INGEST), agent.id(), noEnd())
            .orElseThrow(() -> new IllegalStateException("the agent has gone meanwhile"));
    URI serverUrl = agent.serverUrl() == null ? settings.publicUrl() : agent.serverUrl();
    return new Registered.Welcome(
        new AgentBlock(
            agent.id(),
            agent.region(),
            deployment,
            serverKeys.publicJwks(),
            key.id(),
            key.key(),
            serverUrl,
            settings.queueUrl()));
  }

  ServerKeys serverKeys() throws CannotStart {
    try {
      return new KnownServerKeys(database.jdbi(), clock).load(new KeysFile(settings.keysFile()));
    } catch (IllegalArgumentException e) {
      throw CannotStart.configuredWrongly(String.valueOf(e.getMessage()), e);
    } catch (UncheckedIOException e) {
      throw CannotStart.missing(e.getMessage() + ": " + e.getCause(), e);
    }
  }

  Database database() {
    return database;
  }

  @Override
  public void close() {
    database.close();
  }

  private static @Nullable Duration noEnd() {
    return null;
  }
}
