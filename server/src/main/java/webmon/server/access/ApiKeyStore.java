package webmon.server.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The table {@code api_key}. */
final class ApiKeyStore {
  private static final String COLUMNS =
      """
      select k.key_id, k.secret_hash, k.name, k.scopes, a.name as agent,
             k.created_at, k.expires_at, k.revoked_at, k.last_used_at
        from api_key k left join agent a using (agent_id)
      """;

  private final Jdbi jdbi;

  ApiKeyStore(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** A key and the hash of its secret. */
  record Stored(ApiKey key, byte[] secretHash) {}

  /** False if there is no such agent. */
  boolean insert(
      String id,
      byte[] secretHash,
      String name,
      Set<Scope> scopes,
      @Nullable String agent,
      Instant now,
      @Nullable Instant expiresAt) {
    return jdbi.withHandle(handle ->
        handle
            .createUpdate(
                """
                insert into api_key
                  (key_id, secret_hash, name, scopes, agent_id, created_at, expires_at)
                select :id, :hash, :name, string_to_array(:scopes, ','), a.agent_id,
                       :now, :expires
                  from (values (cast(:agent as text))) wanted (name)
                  left join agent a on a.name = wanted.name
                 where wanted.name is null or a.agent_id is not null
                """)
            .bind("id", id)
            .bind("hash", secretHash)
            .bind("name", name)
            .bind("scopes", words(scopes))
            .bind("agent", agent)
            .bind("now", at(now))
            .bind("expires", expiresAt == null ? null : at(expiresAt))
            .execute())
        == 1;
  }

  Optional<Stored> find(String id) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(COLUMNS + " where k.key_id = :id")
            .bind("id", id)
            .map((row, context) -> new Stored(key(row), row.getBytes("secret_hash")))
            .findOne());
  }

  List<ApiKey> all() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(COLUMNS + " order by k.created_at, k.key_id")
            .map((row, context) -> key(row))
            .list());
  }

  /** False if there is no such key; revoking twice keeps the first time. */
  boolean revoke(String id, Instant now) {
    return jdbi.withHandle(handle ->
        handle
            .createUpdate(
                """
                update api_key set revoked_at = coalesce(revoked_at, :now)
                 where key_id = :id
                """)
            .bind("id", id)
            .bind("now", at(now))
            .execute())
        == 1;
  }

  void used(String id, Instant now) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                """
                update api_key set last_used_at = :now
                 where key_id = :id and (last_used_at is null or last_used_at < :now)
                """)
            .bind("id", id)
            .bind("now", at(now))
            .execute());
  }

  private static ApiKey key(ResultSet row) throws SQLException {
    return new ApiKey(
        row.getString("key_id"),
        row.getString("name"),
        scopes((String[]) row.getArray("scopes").getArray()),
        row.getString("agent"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        time(row, "expires_at"),
        time(row, "revoked_at"),
        time(row, "last_used_at"));
  }

  static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  static String words(Set<Scope> scopes) {
    return String.join(",", scopes.stream().sorted().map(Scope::word).toList());
  }

  static Set<Scope> scopes(String[] words) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (String word : words) {
      Scope.ofWord(word).ifPresent(scopes::add);
    }
    return scopes;
  }
}
