package webmon.server.access;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An API key as lists show it.
 *
 * @param agent the id of the agent it is bound to, or null
 * @param lastUsedAt within a minute; null: never
 */
public record ApiKey(
    String id,
    String name,
    Set<Scope> scopes,
    @Nullable String agent,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable Instant lastUsedAt) {
  public ApiKey {
    scopes = Set.copyOf(scopes);
  }
}
