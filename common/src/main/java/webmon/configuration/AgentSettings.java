package webmon.configuration;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code [agent]}.
 *
 * @param id a valid slug; null: made once and kept in {@code dataDir}
 * @param region a valid slug
 * @param dataDir result log, outbox and keys; as written, so a relative path is meant against the
 *     working directory
 * @param maxDiskBytes log and outbox together
 */
public record AgentSettings(@Nullable String id, String region, Path dataDir, long maxDiskBytes) {}
