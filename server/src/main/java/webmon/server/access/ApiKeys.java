package webmon.server.access;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import webmon.configuration.Secret;

/**
 * Makes, checks and revokes API keys. A key found good is believed for {@value #BELIEVED_S} s, so
 * one revoked by another server or the command line ends within that time; here it ends at once.
 * Safe for many threads.
 */
public final class ApiKeys {
  private static final int BELIEVED_S = 5;
  private static final int MOST_BELIEVED = 1_000;
  private static final Duration USE_IS_NOTED_EVERY = Duration.ofMinutes(1);
  // wm_<12 hex digits>_<43 characters of base64url>
  private static final Pattern FORM = Pattern.compile("wm_([0-9a-f]{12})_([A-Za-z0-9_-]{43})");

  private final ApiKeyStore store;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Map<String, Believed> believed = new ConcurrentHashMap<>();

  private record Believed(ApiKeyStore.Stored stored, Instant until) {}

  /**
   * @param random has to be one that nobody can guess
   */
  public ApiKeys(Jdbi jdbi, InstantSource clock, RandomGenerator random) {
    this.store = new ApiKeyStore(jdbi);
    this.clock = clock;
    this.random = random;
  }

  /**
   * Makes a key.
   *
   * @param agent binds it to that agent, or null
   * @return empty if there is no such agent
   */
  public Optional<NewApiKey> create(
      String name, Set<Scope> scopes, @Nullable String agent, @Nullable Duration lifetime) {
    String id = Tokens.id(random);
    String secret = Tokens.secret(random);
    Instant now = clock.instant();
    Instant expiresAt = lifetime == null ? null : now.plus(lifetime);
    return store.insert(id, Tokens.hash(secret), name, scopes, agent, now, expiresAt)
        ? Optional.of(new NewApiKey(id, new Secret("wm_" + id + "_" + secret)))
        : Optional.empty();
  }

  /** In the order they were made, revoked and expired ones too. */
  public List<ApiKey> list() {
    return store.all();
  }

  /** False if there is no such key. */
  public boolean revoke(String id) {
    boolean known = store.revoke(id, clock.instant());
    believed.remove(id);
    return known;
  }

  /** Whose key this is; empty if it is none, revoked or expired. */
  public Optional<Caller> authenticate(String presented) {
    return find(presented)
        .map(key -> new Caller("key:" + key.id(), key.scopes(), key.agent(), false));
  }

  Optional<ApiKey> find(String presented) {
    Matcher form = FORM.matcher(presented);
    if (!form.matches()) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    byte[] presentedHash = Tokens.hash(form.group(2));
    return stored(form.group(1), now)
        .filter(stored -> MessageDigest.isEqual(stored.secretHash(), presentedHash))
        .map(ApiKeyStore.Stored::key)
        .filter(key -> isGood(key, now))
        .map(key -> noteUse(key, now));
  }

  private Optional<ApiKeyStore.Stored> stored(String id, Instant now) {
    Believed known = believed.get(id);
    if (known != null && now.isBefore(known.until())) {
      return Optional.of(known.stored());
    }
    Optional<ApiKeyStore.Stored> found = store.find(id);
    if (believed.size() >= MOST_BELIEVED) {
      believed.clear();
    }
    found.ifPresentOrElse(
        stored -> believed.put(id, new Believed(stored, now.plusSeconds(BELIEVED_S))),
        () -> believed.remove(id));
    return found;
  }

  private ApiKey noteUse(ApiKey key, Instant now) {
    Instant last = key.lastUsedAt();
    if (last == null || last.plus(USE_IS_NOTED_EVERY).isBefore(now)) {
      store.used(key.id(), now);
    }
    return key;
  }

  private static boolean isGood(ApiKey key, Instant now) {
    Instant expires = key.expiresAt();
    return key.revokedAt() == null && (expires == null || now.isBefore(expires));
  }
}
