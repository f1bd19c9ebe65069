package webmon.agent.resultlog;

import org.jspecify.annotations.Nullable;
import webmon.monitor.MonitorDefinition;
import webmon.result.LogLine;

/**
 * A line that is in the result log now.
 *
 * @param bytes its length there, without the line feed
 * @param definition of the monitor it speaks of, if it speaks of one
 */
public record Logged(LogLine line, int bytes, @Nullable MonitorDefinition definition) {}
