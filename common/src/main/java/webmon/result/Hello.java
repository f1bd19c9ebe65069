package webmon.result;

import java.time.Instant;
import java.util.List;
import webmon.monitor.DefinitionCodec;
import webmon.monitor.MonitorDefinition;

/**
 * What an agent watches, said at start and when its configuration changed, on as many lines as it
 * takes.
 *
 * @param version the agent's version
 * @param revision of the configuration: grows within the stream, the same on all parts
 * @param part from 1 to {@code parts}
 * @param monitors this part's definitions, redacted; the disabled ones too
 */
public record Hello(
    Origin origin,
    long sequence,
    Instant at,
    String version,
    long revision,
    int part,
    int parts,
    List<Declaration> monitors)
    implements LogLine {

  /**
   * A monitor with the hash of its definition as its agent computed it, which covers members that
   * this version does not know.
   */
  public record Declaration(String hash, MonitorDefinition definition) {
    public static Declaration of(MonitorDefinition definition) {
      return new Declaration(DefinitionCodec.hash(definition), definition);
    }
  }

  public Hello {
    monitors = List.copyOf(monitors);
    if (sequence < 1 || part < 1 || part > parts) {
      throw new IllegalArgumentException("sequence " + sequence + ", part " + part + "/" + parts);
    }
  }
}
