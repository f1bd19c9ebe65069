package webmon.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import webmon.result.LineCodec;
import webmon.result.MicrosecondTime;

/**
 * A report as the bytes that are signed: gzip, one member without name or time, of a header line
 * and the log's lines byte for byte, each ended by a line feed.
 */
public final class PayloadCodec {
  static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(8)
                          .maxNumberLength(30)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final Pattern HEX_32 = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern HEX_64 = Pattern.compile("[0-9a-f]{64}");

  private PayloadCodec() {}

  /** The payload's bytes; the same report gives the same bytes. */
  public static byte[] fold(Report report) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes, 8192)) {
      gzip.write(header(report.header()));
      gzip.write('\n');
      for (byte[] line : report.lines()) {
        gzip.write(line);
        gzip.write('\n');
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static byte[] header(ReportHeader header) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = MAPPER.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeNumberField("version", ReportHeader.VERSION);
      json.writeStringField("kind", header.kind().code());
      json.writeStringField("deployment", header.deployment());
      json.writeStringField("agent", header.agent());
      json.writeStringField("stream", header.stream());
      ReportHeader.Continuation continues = header.continues();
      if (continues == null) {
        json.writeNullField("continues");
      } else {
        json.writeObjectFieldStart("continues");
        json.writeStringField("stream", continues.stream());
        json.writeNumberField("sequence", continues.sequence());
        json.writeStringField("hash", continues.hash());
        json.writeEndObject();
      }
      json.writeStringField("region", header.region());
      json.writeNumberField("first", header.first());
      json.writeNumberField("last", header.last());
      json.writeNumberField("lines", header.lines());
      json.writeStringField("previous", header.previous());
      json.writeStringField("sealed_at", MicrosecondTime.format(header.sealedAt()));
      if (header.clockOffsetUs() == null) {
        json.writeNullField("clock_offset_us");
      } else {
        json.writeNumberField("clock_offset_us", header.clockOffsetUs());
      }
      json.writeStringField("boot", header.boot());
      if (header.kind() == ReportHeader.Kind.GAP) {
        json.writeStringField("dropped", header.dropped());
      }
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  /**
   * Reads a payload, counting while it unfolds.
   *
   * @throws UnknownVersionException where a newer agent wrote it: it can be read later
   * @throws MalformedPayloadException in every other case, saying what is wrong
   */
  public static Report unfold(byte[] payload, Limits limits)
      throws MalformedPayloadException, UnknownVersionException {
    byte[] text = gunzip(payload, limits.unfoldedBytes());
    List<byte[]> lines = split(text, limits.lines() + 1);
    if (lines.isEmpty()) {
      throw new MalformedPayloadException("an empty payload", null);
    }
    ReportHeader header = header(lines.getFirst());
    if (lines.size() - 1 != header.lines()) {
      throw new MalformedPayloadException(
          (lines.size() - 1) + " lines where the header says " + header.lines(), header);
    }
    return new Report(header, lines.subList(1, lines.size()));
  }

  private static byte[] gunzip(byte[] payload, int most) throws MalformedPayloadException {
    try (ByteArrayInputStream compressed = new ByteArrayInputStream(payload);
        GZIPInputStream gzip = new GZIPInputStream(compressed, 8192)) {
      byte[] text = gzip.readNBytes(most + 1);
      if (text.length > most) {
        throw new MalformedPayloadException("more than " + most + " bytes unfolded", null);
      }
      return text;
    } catch (IOException e) {
      throw new MalformedPayloadException("not gzip: " + e.getMessage(), null);
    }
  }

  private static List<byte[]> split(byte[] text, int most) throws MalformedPayloadException {
    List<byte[]> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '\n') {
        if (lines.size() == most) {
          throw new MalformedPayloadException("more than " + (most - 1) + " lines", null);
        }
        if (i - start > LineCodec.MOST_BYTES) {
          throw new MalformedPayloadException("a line of " + (i - start) + " bytes", null);
        }
        lines.add(Arrays.copyOfRange(text, start, i));
        start = i + 1;
      }
    }
    if (start != text.length) {
      throw new MalformedPayloadException("the last line has no end", null);
    }
    return lines;
  }

  private static ReportHeader header(byte[] line)
      throws MalformedPayloadException, UnknownVersionException {
    try {
      JsonNode json = MAPPER.readTree(line);
      long version = whole(json, "version");
      if (version > ReportHeader.VERSION) {
        throw new UnknownVersionException(version);
      }
      return new ReportHeader(
          kind(text(json, "kind")),
          matching(HEX_32, json, "deployment"),
          text(json, "agent"),
          matching(HEX_32, json, "stream"),
          continuation(json.path("continues")),
          text(json, "region"),
          whole(json, "first"),
          whole(json, "last"),
          Math.toIntExact(whole(json, "lines")),
          optionalHash(json, "previous"),
          MicrosecondTime.parse(text(json, "sealed_at")),
          json.path("clock_offset_us").isNull() ? null : whole(json, "clock_offset_us"),
          matching(HEX_32, json, "boot"),
          optionalHash(json, "dropped"));
    } catch (IOException e) {
      throw new MalformedPayloadException("the header is not JSON", null);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new MalformedPayloadException("header: " + e.getMessage(), null);
    }
  }

  private static ReportHeader.Kind kind(String code) {
    for (ReportHeader.Kind kind : ReportHeader.Kind.values()) {
      if (kind.code().equals(code)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("kind '" + code + "'");
  }

  private static ReportHeader.@Nullable Continuation continuation(JsonNode json) {
    if (json.isNull() || json.isMissingNode()) {
      return null;
    }
    return new ReportHeader.Continuation(
        matching(HEX_32, json, "stream"), whole(json, "sequence"), optionalHash(json, "hash"));
  }

  private static String text(JsonNode json, String member) {
    JsonNode value = json.path(member);
    if (!value.isTextual() || value.textValue().indexOf('\0') >= 0) {
      throw new IllegalArgumentException(member + " is not a text");
    }
    return value.textValue();
  }

  private static String matching(Pattern pattern, JsonNode json, String member) {
    String text = text(json, member);
    if (!pattern.matcher(text).matches()) {
      throw new IllegalArgumentException(member + " is not " + pattern.pattern());
    }
    return text;
  }

  private static @Nullable String optionalHash(JsonNode json, String member) {
    JsonNode value = json.path(member);
    return value.isNull() || value.isMissingNode() ? null : matching(HEX_64, json, member);
  }

  private static long whole(JsonNode json, String member) {
    JsonNode value = json.path(member);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new IllegalArgumentException(member + " is not a whole number");
    }
    return value.longValue();
  }
}
