package webmon.server.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import webmon.report.DecryptionKey;
import webmon.report.SigningKey;

/**
 * The public parts of the servers' keys, which all servers of one database share. New keys are made
 * only where none were ever known: a server with keys of its own could not open what agents encrypt
 * for the others.
 */
public final class KnownServerKeys {
  // Any number of our own: held while the first server of a database makes the keys.
  private static final long LOCK = 7_760_614;

  private final Jdbi jdbi;
  private final InstantSource clock;

  public KnownServerKeys(Jdbi jdbi, InstantSource clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /**
   * The keys of this file, made if there are none yet, and known to the database from now on.
   *
   * @throws IllegalArgumentException with a sentence for people if the file cannot be used, or is
   *     missing although agents have been given its keys
   */
  public ServerKeys load(KeysFile file) {
    return jdbi.inTransaction(handle -> {
      handle.execute("select pg_advisory_xact_lock(?)", LOCK);
      ServerKeys keys = readOrMake(handle, file);
      Instant now = clock.instant();
      for (SigningKey key : keys.signing()) {
        insert(handle, key.kid(), "sig", key.publicKey().jwk(), now);
      }
      for (DecryptionKey key : keys.decryption()) {
        insert(handle, key.kid(), "enc", key.publicKey().jwk(), now);
      }
      return keys;
    });
  }

  private static ServerKeys readOrMake(Handle handle, KeysFile file) {
    List<String> known =
        handle
            .createQuery("select kid from server_key where use = 'enc' and retired_at is null")
            .mapTo(String.class)
            .list();
    try {
      if (!file.exists()) {
        if (!known.isEmpty()) {
          throw new IllegalArgumentException(
              "keys_file %s is missing, and agents encrypt for its keys (%s): restore it, or copy that of another server."
                  .formatted(file, String.join(", ", known)));
        }
        return file.make();
      }
      ServerKeys keys = file.read();
      if (!known.isEmpty()
          && keys.decryption().stream().noneMatch(key -> known.contains(key.kid()))) {
        throw new IllegalArgumentException(
            "keys_file %s holds none of the keys that agents encrypt for (%s): take that of another server of this database."
                .formatted(file, String.join(", ", known)));
      }
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException("keys_file " + file + " cannot be read or made", e);
    }
  }

  private static void insert(Handle handle, String kid, String use, String jwk, Instant now) {
    handle
        .createUpdate(
            """
            insert into server_key (kid, use, jwk, valid_from)
            values (:kid, :use, :jwk, :now)
            on conflict (kid) do nothing
            """)
        .bind("kid", kid)
        .bind("use", use)
        .bind("jwk", jwk)
        .bind("now", ApiKeyStore.at(now))
        .execute();
  }
}
