package webmon.server.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Jdbi;
import webmon.configuration.Secret;

/** Makes one-time login links, which whoever runs the server hands to a person. */
public final class LoginLinks {
  /** How long a link can be used. */
  public static final Duration LIFETIME = Duration.ofMinutes(15);

  private final SessionStore store;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * @param random has to be one that nobody can guess
   */
  public LoginLinks(Jdbi jdbi, InstantSource clock, RandomGenerator random) {
    this.store = new SessionStore(jdbi);
    this.clock = clock;
    this.random = random;
  }

  /**
   * A token that becomes a session with scopes {@code read} and {@code admin}, once: what {@code
   * /login?token=} takes.
   */
  public Secret create() {
    String token = Tokens.secret(random);
    Instant now = clock.instant();
    store.insertLink(
        Tokens.hash(token), EnumSet.of(Scope.READ, Scope.ADMIN), now, now.plus(LIFETIME));
    return new Secret(token);
  }
}
