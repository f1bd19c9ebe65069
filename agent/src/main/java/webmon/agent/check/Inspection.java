package webmon.agent.check;

import java.util.List;
import webmon.result.Observation;

/**
 * A check with everything a person may want to know of it.
 *
 * @param expectations empty where there was no answer
 * @param exchanges the redirects that were followed, then the last one
 */
public record Inspection(
    Observation observation, List<Expectation> expectations, List<Exchange> exchanges) {

  public Inspection {
    expectations = List.copyOf(expectations);
    exchanges = List.copyOf(exchanges);
  }
}
