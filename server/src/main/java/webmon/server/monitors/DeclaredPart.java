package webmon.server.monitors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import webmon.monitor.DefinitionCodec;
import webmon.monitor.MonitorDefinition;
import webmon.result.Hello;
import webmon.server.agents.SequenceRanges;
import webmon.server.store.UnstorableException;

/** A hello line that can be stored: one part of a revision of an agent's configuration. */
public record DeclaredPart(
    Instant at, String version, long revision, int part, int parts, List<Declared> monitors) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int MOST_PARTS = 10_000;

  /**
   * A monitor's definition.
   *
   * @param hash 64 hex digits
   * @param essence SHA-256 of type, URL and assertions, 64 hex digits
   * @param json as it was received, members unknown to this version included
   */
  public record Declared(String hash, String essence, MonitorDefinition definition, String json) {
    String shortHash() {
      return hash.substring(0, 16);
    }
  }

  public DeclaredPart {
    monitors = List.copyOf(monitors);
  }

  /**
   * Takes a hello line apart.
   *
   * @param line its bytes, for what this version does not know
   * @param mayReport which monitors the agent may declare; others are left out
   * @throws UnstorableException saying what cannot be stored
   */
  public static DeclaredPart of(Hello hello, byte[] line, Predicate<String> mayReport)
      throws UnstorableException {
    bound("version", hello.version(), 100);
    if (hello.parts() > MOST_PARTS || hello.revision() > SequenceRanges.GREATEST) {
      throw new UnstorableException("A hello line of too many parts or too high a revision.");
    }
    JsonNode monitors = read(line).path("webmon").path("monitors");
    List<Declared> declared = new ArrayList<>();
    for (int i = 0; i < hello.monitors().size(); i++) {
      Hello.Declaration declaration = hello.monitors().get(i);
      if (mayReport.test(declaration.definition().id())) {
        declared.add(
            declared(
                declaration.hash(), declaration.definition(), monitors.path(i).path("definition")));
      }
    }
    return new DeclaredPart(
        hello.at(), hello.version(), hello.revision(), hello.part(), hello.parts(), declared);
  }

  private static Declared declared(String hash, MonitorDefinition definition, JsonNode json)
      throws UnstorableException {
    bound("name", definition.name(), 500);
    bound("type", definition.type(), 32);
    bound("url", definition.url(), 8_192);
    bound("quorum", definition.quorum(), 32);
    bound("group", definition.group(), 200);
    refuseZeros(json);
    ObjectNode essence = MAPPER.createObjectNode();
    essence.set("type", json.path("type"));
    essence.set("url", json.path("url"));
    essence.set("assertions", json.path("assertions"));
    return new Declared(hash, DefinitionCodec.hash(essence), definition, json.toString());
  }

  private static JsonNode read(byte[] line) {
    try {
      return MAPPER.readTree(line);
    } catch (IOException wasReadBefore) {
      throw new IllegalArgumentException("not JSON", wasReadBefore);
    }
  }

  private static void bound(String name, @Nullable String text, int most)
      throws UnstorableException {
    if (text != null && text.length() > most) {
      throw new UnstorableException(
          "A definition's " + name + " has " + text.length() + " characters.");
    }
  }

  /** PostgreSQL's jsonb takes no zero character. */
  private static void refuseZeros(JsonNode json) throws UnstorableException {
    if (json.isTextual() && json.textValue().indexOf('\0') >= 0) {
      throw new UnstorableException("A zero character in a definition.");
    }
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      if (member.getKey().indexOf('\0') >= 0) {
        throw new UnstorableException("A zero character in a definition.");
      }
    }
    for (JsonNode child : json) {
      refuseZeros(child);
    }
  }
}
