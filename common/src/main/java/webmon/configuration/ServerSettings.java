package webmon.configuration;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code [server]}.
 *
 * @param databaseUrl a {@code jdbc:postgresql:} URL, which may carry user and password itself; so
 *     it is as secret as they are
 * @param queueUrl null: reports come by HTTPS only
 * @param keysFile private signing and encryption keys, as a JWK set
 * @param publicUrl how people reach the dashboard, without a trailing slash
 */
public record ServerSettings(
    ListenAddress address,
    ListenAddress adminAddress,
    Secret databaseUrl,
    @Nullable String databaseUser,
    @Nullable Secret databasePassword,
    @Nullable URI queueUrl,
    Path keysFile,
    @Nullable URI publicUrl) {}
