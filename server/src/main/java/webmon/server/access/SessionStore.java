package webmon.server.access;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** The tables {@code login_link} and {@code session}. */
final class SessionStore {
  private final Jdbi jdbi;

  SessionStore(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** What a link or a session stands for. */
  record Grant(String subject, Set<Scope> scopes) {}

  /** Keeps a link, and forgets those that nobody can use any more. */
  void insertLink(byte[] tokenHash, Set<Scope> scopes, Instant now, Instant expiresAt) {
    jdbi.useTransaction(handle -> {
      handle
          .createUpdate("delete from login_link where expires_at < :now")
          .bind("now", ApiKeyStore.at(now))
          .execute();
      handle
          .createUpdate("delete from session where expires_at < :now")
          .bind("now", ApiKeyStore.at(now))
          .execute();
      handle
          .createUpdate(
              """
              insert into login_link (token_hash, scopes, created_at, expires_at)
              values (:hash, string_to_array(:scopes, ','), :now, :expires)
              """)
          .bind("hash", tokenHash)
          .bind("scopes", ApiKeyStore.words(scopes))
          .bind("now", ApiKeyStore.at(now))
          .bind("expires", ApiKeyStore.at(expiresAt))
          .execute();
    });
  }

  /** Uses a link up; empty if it is none, is used already or too old. */
  Optional<Grant> redeemLink(byte[] tokenHash, Instant now) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                update login_link set used_at = :now
                 where token_hash = :hash and used_at is null and expires_at > :now
                returning scopes
                """)
            .bind("hash", tokenHash)
            .bind("now", ApiKeyStore.at(now))
            .map((row, context) ->
                new Grant(
                    "login-link", ApiKeyStore.scopes((String[]) row.getArray("scopes").getArray())))
            .findOne());
  }

  void insertSession(byte[] tokenHash, Grant grant, Instant now, Instant expiresAt) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                """
                insert into session (token_hash, subject, scopes, created_at, expires_at)
                values (:hash, :subject, string_to_array(:scopes, ','), :now, :expires)
                """)
            .bind("hash", tokenHash)
            .bind("subject", grant.subject())
            .bind("scopes", ApiKeyStore.words(grant.scopes()))
            .bind("now", ApiKeyStore.at(now))
            .bind("expires", ApiKeyStore.at(expiresAt))
            .execute());
  }

  /** A session that is neither ended nor expired, and whose API key, if it has one, still holds. */
  Optional<Grant> findSession(byte[] tokenHash, Instant now) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                select s.subject, s.scopes
                  from session s left join api_key k on s.subject = 'key:' || k.key_id
                 where s.token_hash = :hash and s.ended_at is null and s.expires_at > :now
                   and k.revoked_at is null
                """)
            .bind("hash", tokenHash)
            .bind("now", ApiKeyStore.at(now))
            .map((row, context) ->
                new Grant(
                    row.getString("subject"),
                    ApiKeyStore.scopes((String[]) row.getArray("scopes").getArray())))
            .findOne());
  }

  /** Notes the use at most once a minute. */
  void used(byte[] tokenHash, Instant now) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                """
                update session set last_used_at = :now
                 where token_hash = :hash
                   and (last_used_at is null or last_used_at < cast(:now as timestamptz) - interval '1 minute')
                """)
            .bind("hash", tokenHash)
            .bind("now", ApiKeyStore.at(now))
            .execute());
  }

  void endSession(byte[] tokenHash, Instant now) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                """
                update session set ended_at = coalesce(ended_at, :now)
                 where token_hash = :hash
                """)
            .bind("hash", tokenHash)
            .bind("now", ApiKeyStore.at(now))
            .execute());
  }
}
