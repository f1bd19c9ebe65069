package webmon.agent.resultlog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import webmon.monitor.DefinitionCodec;
import webmon.monitor.MonitorDefinition;
import webmon.result.Hello;
import webmon.result.LogLine;
import webmon.result.Origin;

/**
 * A part of what an agent watches. The revision of a configuration is the sequence of its first
 * part: so it grows within a stream, and nothing has to be remembered for it.
 *
 * @param version the agent's
 */
public record HelloDraft(
    Instant at, String version, int part, int parts, List<Hello.Declaration> monitors)
    implements Draft {

  /** Far below a line's limit, so that a report with one stays below what the queue bills by. */
  static final int MOST_BYTES = 24 * 1024;

  /** A definition above this cannot stand on a line. */
  static final int MOST_DEFINITION_BYTES = 60 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(HelloDraft.class);

  public HelloDraft {
    monitors = List.copyOf(monitors);
  }

  /** On as many lines as it takes, at least one; to be appended one after the other. */
  public static List<Draft> of(Instant at, String version, List<MonitorDefinition> definitions) {
    List<List<Hello.Declaration>> parts = new ArrayList<>();
    parts.add(new ArrayList<>());
    int bytes = 0;
    for (MonitorDefinition definition : definitions) {
      // No character of the text takes more than three bytes for each of its chars.
      int most = DefinitionCodec.toJson(definition).toString().length() * 3 + 100;
      if (most > MOST_DEFINITION_BYTES) {
        LOG.warn(
            "The definition of {} is too long to be declared: its results will stand alone",
            definition.id());
        continue;
      }
      if (bytes > 0 && bytes + most > MOST_BYTES) {
        parts.add(new ArrayList<>());
        bytes = 0;
      }
      parts.getLast().add(Hello.Declaration.of(definition));
      bytes += most;
    }
    List<Draft> drafts = new ArrayList<>();
    for (List<Hello.Declaration> part : parts) {
      drafts.add(new HelloDraft(at, version, drafts.size() + 1, parts.size(), part));
    }
    return drafts;
  }

  @Override
  public @Nullable MonitorDefinition definition() {
    return null;
  }

  @Override
  public LogLine numbered(Origin origin, long sequence, Instant moved, boolean clockStepped) {
    long revision = Math.max(1, sequence - part + 1);
    return new Hello(origin, sequence, moved, version, revision, part, parts, monitors);
  }

  @Override
  public Draft shortened() {
    return this;
  }
}
