package webmon.server;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import webmon.report.VerificationKey;

/**
 * An agent that wants to report.
 *
 * @param id a valid slug
 * @param region a valid slug
 * @param mayReport patterns of monitor ids, {@code *} for any characters
 * @param key its public key
 * @param serverUrl where it will reach the server; null: where the settings say
 */
public record AgentRegistration(
    String id,
    String region,
    List<String> mayReport,
    VerificationKey key,
    @Nullable URI serverUrl) {
  public AgentRegistration {
    mayReport = List.copyOf(mayReport);
  }
}
