package webmon.agent.schedule;

import webmon.agent.check.Check;
import webmon.monitor.MonitorDefinition;

/** A monitor and the means to check it once. */
public record Monitored(MonitorDefinition definition, Check check) {

  String id() {
    return definition.id();
  }
}
