package webmon.server;

import java.time.Duration;
import java.time.InstantSource;

/**
 * How a server comes up, beside its settings.
 *
 * @param ownLogging whether the process's logging is the server's to set up
 * @param databaseWait how long a database that is away is waited for
 * @param clock what time it is
 */
public record Startup(boolean ownLogging, Duration databaseWait, InstantSource clock) {

  /** The server is the process. */
  public static Startup alone() {
    return new Startup(true, Duration.ofSeconds(60), InstantSource.system());
  }

  /** The server is a part of a process that has its own logging, and its database is there. */
  public static Startup inProcess() {
    return new Startup(false, Duration.ofSeconds(10), InstantSource.system());
  }
}
