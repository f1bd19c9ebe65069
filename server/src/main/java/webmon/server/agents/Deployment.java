package webmon.server.agents;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Which server this is.
 *
 * @param id random, for ever: reports are bound to it
 * @param storeEpoch random, another one once the database was restored from a copy
 */
public record Deployment(String id, String storeEpoch) {

  public static Deployment read(Jdbi jdbi) {
    return jdbi.withHandle(Deployment::read);
  }

  static Deployment read(Handle handle) {
    return handle
        .createQuery("select id, store_epoch from deployment")
        .map((row, context) -> new Deployment(row.getString(1), row.getString(2)))
        .one();
  }

  /** After a restore: agents see the new epoch and send again what is missing. */
  public static Deployment renewEpoch(Jdbi jdbi, SecureRandom random) {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return jdbi.inTransaction(handle -> {
      handle
          .createUpdate("update deployment set store_epoch = :epoch")
          .bind("epoch", HexFormat.of().formatHex(bytes))
          .execute();
      return read(handle);
    });
  }
}
