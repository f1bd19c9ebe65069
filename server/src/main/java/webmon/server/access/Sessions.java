package webmon.server.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import webmon.configuration.Secret;

/** Browser sessions: from a one-time link or an API key to a cookie, of which a hash is kept. */
public final class Sessions {
  /** How long a session lasts; one made with an API key not longer than the key. */
  public static final Duration LIFETIME = Duration.ofDays(7);

  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final SessionStore store;
  private final ApiKeys keys;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * @param random has to be one that nobody can guess
   */
  public Sessions(Jdbi jdbi, ApiKeys keys, InstantSource clock, RandomGenerator random) {
    this.store = new SessionStore(jdbi);
    this.keys = keys;
    this.clock = clock;
    this.random = random;
  }

  /** Uses a link up and begins a session; empty if the link is unknown, used or too old. */
  Optional<Secret> beginWithLink(String token) {
    Instant now = clock.instant();
    return isToken(token)
        ? store.redeemLink(Tokens.hash(token), now).map(grant -> begin(grant, now, LIFETIME))
        : Optional.empty();
  }

  /** Begins a session with what a good key may read; empty if it is no such key. */
  Optional<Secret> beginWithKey(String presented) {
    Instant now = clock.instant();
    return keys.find(presented)
        .filter(key -> !forPeople(key.scopes()).isEmpty())
        .map(key -> {
          Instant expires = key.expiresAt();
          Duration left = expires == null ? LIFETIME : Duration.between(now, expires);
          return begin(
              new SessionStore.Grant("key:" + key.id(), forPeople(key.scopes())),
              now,
              left.compareTo(LIFETIME) < 0 ? left : LIFETIME);
        });
  }

  Optional<Caller> authenticate(String cookie) {
    if (!isToken(cookie)) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    byte[] hash = Tokens.hash(cookie);
    Optional<SessionStore.Grant> grant = store.findSession(hash, now);
    if (grant.isPresent()) {
      store.used(hash, now);
    }
    return grant.map(found -> new Caller(found.subject(), found.scopes(), null, true));
  }

  void end(String cookie) {
    if (isToken(cookie)) {
      store.endSession(Tokens.hash(cookie), clock.instant());
    }
  }

  /** Whether it has the form of a link's token, so that it can stand in a page as it is. */
  static boolean isToken(String text) {
    return TOKEN.matcher(text).matches();
  }

  private Secret begin(SessionStore.Grant grant, Instant now, Duration lifetime) {
    String cookie = Tokens.secret(random);
    store.insertSession(Tokens.hash(cookie), grant, now, now.plus(lifetime));
    return new Secret(cookie);
  }

  private static Set<Scope> forPeople(Set<Scope> scopes) {
    Set<Scope> people = EnumSet.noneOf(Scope.class);
    people.addAll(scopes);
    people.remove(Scope.INGEST);
    return people;
  }
}
