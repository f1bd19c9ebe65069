package webmon.agent.check;

import webmon.result.Observation;

/**
 * One way to look at a target. An instance belongs to one monitor and may be run any number of
 * times, also at once; it keeps nothing from one run to the next.
 */
@FunctionalInterface
public interface Check {
  /**
   * Checks once, within the monitor's timeout. Whatever the target does is an observation; an
   * exception is a defect of the check.
   *
   * @throws InterruptedException the caller wants to stop; nothing can be said of the target
   */
  Observation run() throws InterruptedException;
}
