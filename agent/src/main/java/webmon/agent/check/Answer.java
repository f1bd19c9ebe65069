package webmon.agent.check;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import webmon.result.Failure;

/**
 * What one request of a check led to.
 *
 * @param trouble null where the answer came whole, or as much of it as is read
 * @param text of the body; empty where none came, or none was read since the answer redirects
 * @param whole false where the body went on beyond what is read
 * @param location where a redirect leads, as it came; null where the answer is none
 */
record Answer(
    Exchange exchange,
    @Nullable Failure trouble,
    String text,
    long bodyBytes,
    boolean whole,
    @Nullable String address,
    @Nullable Instant certificateExpiresAt,
    @Nullable String location) {}
