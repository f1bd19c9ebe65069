package webmon.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import webmon.monitor.DefinitionCodec;
import webmon.monitor.MonitorDefinition;
import webmon.result.CheckResult;
import webmon.result.Failure;
import webmon.result.FailureKind;
import webmon.result.Hello;
import webmon.result.Hop;
import webmon.result.LogLine;
import webmon.result.Observation;
import webmon.result.Origin;
import webmon.result.Phases;
import webmon.result.Rotation;
import webmon.result.Status;

/**
 * Version 1 of the wire, pinned: fixed keys, and the objects that the files under {@code golden/}
 * are the bytes of. Agent and server tests read both. {@link WriteGoldenFiles} writes them: only
 * when the wire gets something new, never to make a test pass.
 */
public final class Golden {
  public static final String DEPLOYMENT = "d0d1d2d3d4d5d6d7d8d9dadbdcdddedf";
  public static final Origin ORIGIN =
      new Origin("agent-1", "00112233445566778899aabbccddeeff", "eu-north-1");
  public static final Instant AT = Instant.parse("2026-11-22T10:00:00.000123Z");

  /** Keys that everybody knows; only good for tests. */
  public static final SigningKey AGENT_KEY = SigningKey.ofJwk(text("agent-key.jwk"));

  public static final SigningKey SERVER_SIGNING_KEY =
      SigningKey.ofJwk(text("server-signing-key.jwk"));
  public static final DecryptionKey SERVER_DECRYPTION_KEY =
      DecryptionKey.ofJwk(text("server-decryption-key.jwk"));

  private Golden() {}

  /** A file under {@code golden/}, without a last line feed. */
  public static String text(String file) {
    try (InputStream in = Golden.class.getResourceAsStream("/golden/" + file)) {
      if (in == null) {
        throw new IllegalStateException("no golden file " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static MonitorDefinition definition() {
    return new MonitorDefinition(
        "wikipedia",
        "Wikipedia – Ünïcode \u20ac \"quoted\"",
        "http",
        "https://***@en.wikipedia.org/wiki/Main_Page",
        true,
        Duration.ofSeconds(120),
        Duration.ofSeconds(10),
        Duration.ofMillis(2500),
        2,
        3,
        "majority",
        Map.of("team", "web", "Tier", "1"),
        "public",
        Map.of("content_pattern", List.of("Log in"), "expected_status", List.of("200-299", "304")));
  }

  public static CheckResult up() {
    return check(
        2,
        new Observation(
            Status.UP,
            null,
            Duration.ofNanos(123_456_000),
            new Phases(1_200L, 10_500L, 21_000L, 80_000L, 10_756L),
            200,
            51_234L,
            true,
            "198.51.100.7",
            List.of(new Hop("https://en.wikipedia.org/", 301)),
            null,
            Instant.parse("2027-01-31T23:59:59Z")),
        1,
        false);
  }

  public static CheckResult down() {
    return check(
        3,
        new Observation(
            Status.DOWN,
            new Failure(FailureKind.CONTENT_MISSING, "\"Log in\" was not found in 20 bytes"),
            Duration.ofNanos(50_000_000),
            new Phases(null, 400L, null, 49_000L, 100L),
            200,
            20L,
            false,
            "2001:db8::7",
            List.of(),
            "<h1>Maintenance \u2014 back soon</h1>",
            null),
        1,
        true);
  }

  public static CheckResult missed() {
    return check(
        4,
        Observation.without(
            Status.MISSED, FailureKind.INTERNAL, "3 checks could not start before their next turn"),
        3,
        false);
  }

  private static CheckResult check(
      long sequence, Observation observation, int count, boolean clockStepped) {
    Instant at = AT.plusSeconds(sequence * 120);
    return new CheckResult(
        ORIGIN,
        sequence,
        at,
        new CheckResult.MonitorName("wikipedia", definition().name(), "http"),
        definition().url(),
        at.minusNanos(123_000),
        at.plusSeconds(120L * count),
        DefinitionCodec.shortHash(definition()),
        observation,
        count,
        clockStepped);
  }

  public static Hello hello() {
    return new Hello(ORIGIN, 1, AT, "0.1.0", 7, 1, 2, List.of(Hello.Declaration.of(definition())));
  }

  public static Rotation rotation() {
    return new Rotation(ORIGIN, 5, AT.plusSeconds(601), SERVER_SIGNING_KEY.publicKey().jwk());
  }

  /** File names of the lines, in the order of their sequences. */
  public static Map<String, LogLine> lines() {
    return new java.util.TreeMap<>(
        Map.of(
            "line-1-hello.json", hello(),
            "line-2-up.json", up(),
            "line-3-down.json", down(),
            "line-4-missed.json", missed(),
            "line-5-rotate.json", rotation()));
  }

  public static Report report() {
    return new Report(
        new ReportHeader(
            ReportHeader.Kind.LINES,
            DEPLOYMENT,
            ORIGIN.agent(),
            ORIGIN.stream(),
            new ReportHeader.Continuation("ffeeddccbbaa99887766554433221100", 41, "ab".repeat(32)),
            ORIGIN.region(),
            1,
            5,
            5,
            null,
            AT.plusSeconds(602),
            -1_500L,
            "b007b007b007b007b007b007b007b007",
            null),
        lines().keySet().stream()
            .map(file -> text(file).getBytes(StandardCharsets.UTF_8))
            .toList());
  }

  public static Report gap() {
    return new Report(
        new ReportHeader(
            ReportHeader.Kind.GAP,
            DEPLOYMENT,
            ORIGIN.agent(),
            ORIGIN.stream(),
            null,
            ORIGIN.region(),
            6,
            900,
            0,
            SignedReport.hash(text("report.jws")),
            AT.plusSeconds(700),
            null,
            "b007b007b007b007b007b007b007b007",
            "cd".repeat(32)),
        List.of());
  }

  public static Acknowledgement acknowledgement() {
    return new Acknowledgement(
        DEPLOYMENT,
        ORIGIN.agent(),
        ORIGIN.stream(),
        900,
        List.of(new Acknowledgement.Range(1, 900), new Acknowledgement.Range(1001, 1004)),
        List.of(
            new Acknowledgement.RefusedRange(
                new Acknowledgement.Range(1005, 1005), Refusal.MAY_NOT_REPORT.code())),
        new Acknowledgement.Range(850, 900),
        "e0e1e2e3e4e5e6e7e8e9eaebecedeeef",
        AT.plusSeconds(701));
  }
}
