package webmon.agent;

import java.util.function.Consumer;
import webmon.agent.report.AgentStatus;
import webmon.configuration.Configuration;
import webmon.result.CheckResult;

/**
 * A running agent: checks the configured pages, logs the results, and reports them if there is a
 * {@code [report]}. It holds its {@code data_dir} until it is closed.
 */
public final class Agent implements AutoCloseable {
  private Agent() {}

  /**
   * Starts checking.
   *
   * @param onCheck told of every logged result, on the thread of its check, for one monitor in
   *     order; what it throws is logged
   * @throws AgentNotStartedException with a sentence for people
   */
  public static Agent start(Configuration configuration, Consumer<CheckResult> onCheck)
      throws AgentNotStartedException {
    throw new AgentNotStartedException(AgentNotStartedException.Blame.MACHINE, "not wired", null);
  }

  /** As of now; by any thread. */
  public AgentStatus status() {
    throw new IllegalStateException("not wired");
  }

  /**
   * Stops within 5 s: no more checks, what was logged is sealed, and is sent as far as that goes;
   * the rest is sent after the next start.
   */
  @Override
  public void close() {}
}
