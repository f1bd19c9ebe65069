package webmon.result;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import webmon.monitor.DefinitionCodec;

/** The order and the names of a line's members; pinned by golden files. */
final class LineWriter {
  private static final String ECS_VERSION = "8.17.0";

  private final JsonGenerator json;

  private LineWriter(JsonGenerator json) {
    this.json = json;
  }

  static byte[] write(LogLine line) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = LineCodec.MAPPER.createGenerator(bytes)) {
      new LineWriter(json).line(line);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private void line(LogLine line) throws IOException {
    json.writeStartObject();
    json.writeStringField("@timestamp", MicrosecondTime.format(line.at()));
    json.writeObjectFieldStart("ecs");
    json.writeStringField("version", ECS_VERSION);
    json.writeEndObject();
    json.writeObjectFieldStart("event");
    json.writeStringField("dataset", "webmon." + kind(line));
    json.writeNumberField("sequence", line.sequence());
    if (line instanceof CheckResult result) {
      json.writeStringField("outcome", result.status().outcome());
    }
    json.writeEndObject();
    json.writeObjectFieldStart("agent");
    json.writeStringField("id", line.origin().agent());
    json.writeEndObject();
    json.writeObjectFieldStart("observer");
    json.writeObjectFieldStart("geo");
    json.writeStringField("name", line.origin().region());
    json.writeEndObject();
    json.writeEndObject();
    switch (line) {
      case CheckResult result -> check(result);
      case Hello hello -> hello(hello);
      case Rotation rotation -> rotation(rotation);
    }
    json.writeEndObject();
  }

  static String kind(LogLine line) {
    return switch (line) {
      case CheckResult result -> "check";
      case Hello hello -> "hello";
      case Rotation rotation -> "rotate";
    };
  }

  private void check(CheckResult result) throws IOException {
    Observation seen = result.observation();
    json.writeObjectFieldStart("monitor");
    json.writeStringField("id", result.monitor().id());
    json.writeStringField("name", result.monitor().name());
    json.writeStringField("type", result.monitor().type());
    json.writeStringField("status", seen.status().code());
    microseconds("duration", MicrosecondTime.micros(seen.duration()));
    json.writeObjectFieldStart("timespan");
    json.writeStringField("gte", MicrosecondTime.format(result.at()));
    json.writeStringField("lt", MicrosecondTime.format(result.until()));
    json.writeEndObject();
    json.writeEndObject();
    json.writeObjectFieldStart("url");
    json.writeStringField("full", result.url());
    json.writeEndObject();
    measurements(seen);
    if (seen.failure() != null) {
      json.writeObjectFieldStart("error");
      json.writeStringField("type", seen.failure().kind().code());
      json.writeStringField("message", seen.failure().message());
      json.writeEndObject();
    }
    json.writeObjectFieldStart("webmon");
    json.writeStringField("stream", result.origin().stream());
    json.writeStringField("due_at", MicrosecondTime.format(result.dueAt()));
    json.writeStringField("definition", result.definition());
    if (seen.contentMatched() != null) {
      json.writeBooleanField("content_matched", seen.contentMatched());
    }
    if (!seen.hops().isEmpty()) {
      json.writeArrayFieldStart("hops");
      for (Hop hop : seen.hops()) {
        json.writeStartObject();
        json.writeStringField("url", hop.url());
        json.writeNumberField("status_code", hop.httpStatus());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    if (seen.excerpt() != null) {
      json.writeStringField("excerpt", seen.excerpt());
    }
    if (result.count() > 1) {
      json.writeNumberField("count", result.count());
    }
    if (result.clockStepped()) {
      json.writeBooleanField("clock_stepped", true);
    }
    json.writeEndObject();
  }

  private void measurements(Observation seen) throws IOException {
    Phases phases = seen.phases();
    boolean answered = seen.httpStatus() != null || seen.bodyBytes() != null;
    boolean timed = phases.waiting() != null || phases.transfer() != null;
    if (answered || timed) {
      json.writeObjectFieldStart("http");
      if (answered) {
        response(seen);
      }
      if (timed) {
        json.writeObjectFieldStart("rtt");
        roundTrip("response_header", null, phases.waiting());
        roundTrip("content", null, phases.transfer());
        microseconds("total", MicrosecondTime.micros(seen.duration()));
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    if (phases.dns() != null || seen.address() != null) {
      json.writeObjectFieldStart("resolve");
      if (seen.address() != null) {
        json.writeStringField("ip", seen.address());
      }
      roundTrip("rtt", null, phases.dns());
      json.writeEndObject();
    }
    if (phases.connect() != null) {
      json.writeObjectFieldStart("tcp");
      roundTrip("rtt", "connect", phases.connect());
      json.writeEndObject();
    }
    Instant notAfter = seen.certificateExpiresAt();
    if (phases.tls() != null || notAfter != null) {
      json.writeObjectFieldStart("tls");
      roundTrip("rtt", "handshake", phases.tls());
      if (notAfter != null) {
        json.writeObjectFieldStart("server");
        json.writeObjectFieldStart("x509");
        json.writeStringField("not_after", MicrosecondTime.format(notAfter));
        json.writeEndObject();
        json.writeEndObject();
      }
      json.writeEndObject();
    }
  }

  private void response(Observation seen) throws IOException {
    json.writeObjectFieldStart("response");
    if (seen.httpStatus() != null) {
      json.writeNumberField("status_code", seen.httpStatus());
    }
    if (seen.bodyBytes() != null) {
      json.writeObjectFieldStart("body");
      json.writeNumberField("bytes", seen.bodyBytes());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private void roundTrip(String outer, @Nullable String inner, @Nullable Long micros)
      throws IOException {
    if (micros == null) {
      return;
    }
    if (inner == null) {
      microseconds(outer, micros);
    } else {
      json.writeObjectFieldStart(outer);
      microseconds(inner, micros);
      json.writeEndObject();
    }
  }

  private void microseconds(String name, long micros) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("us", micros);
    json.writeEndObject();
  }

  private void hello(Hello hello) throws IOException {
    json.writeObjectFieldStart("webmon");
    json.writeStringField("stream", hello.origin().stream());
    json.writeStringField("version", hello.version());
    json.writeNumberField("revision", hello.revision());
    json.writeNumberField("part", hello.part());
    json.writeNumberField("parts", hello.parts());
    json.writeArrayFieldStart("monitors");
    for (Hello.Declaration monitor : hello.monitors()) {
      json.writeStartObject();
      json.writeStringField("hash", monitor.hash());
      json.writeFieldName("definition");
      json.writeTree(DefinitionCodec.toJson(monitor.definition()));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void rotation(Rotation rotation) throws IOException {
    json.writeObjectFieldStart("webmon");
    json.writeStringField("stream", rotation.origin().stream());
    json.writeStringField("public_key", rotation.publicKey());
    json.writeEndObject();
  }
}
