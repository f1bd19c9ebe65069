package webmon.agent.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something to do now for one monitor.
 *
 * @param missed turns that passed before; to be told first
 * @param dueAt the turn to take; null if there is only {@code missed} to tell
 */
record Turn(
    MonitorTurns of, Monitored monitored, @Nullable Missed missed, @Nullable Instant dueAt) {}
