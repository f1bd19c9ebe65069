package webmon.report;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import webmon.monitor.DefinitionCodec;
import webmon.monitor.MonitorDefinition;
import webmon.result.CheckResult;
import webmon.result.Failure;
import webmon.result.FailureKind;
import webmon.result.Hello;
import webmon.result.LineCodec;
import webmon.result.LogLine;
import webmon.result.Observation;
import webmon.result.Origin;
import webmon.result.Phases;
import webmon.result.Rotation;
import webmon.result.Status;

/**
 * An agent as the tests of a server play it: it numbers lines, chains and signs reports of its own
 * stream. Each line is one second after the one before. Not safe for several threads.
 */
public final class TestReports {
  private static final String BOOT = "b007b007b007b007b007b007b007b007";

  private final String deployment;
  private final Origin origin;
  private SigningKey key;
  private Instant next;
  private long sequence = 1;
  private @Nullable String previous;

  private TestReports(String deployment, Origin origin, SigningKey key, Instant begin) {
    this.deployment = deployment;
    this.origin = origin;
    this.key = key;
    this.next = begin;
  }

  /** A new agent with a key and a stream of its own. */
  public static TestReports of(String deployment, String agent, String region, Instant begin) {
    byte[] stream = new byte[16];
    new Random(31L * agent.hashCode() + region.hashCode()).nextBytes(stream);
    return new TestReports(
        deployment,
        new Origin(agent, HexFormat.of().formatHex(stream), region),
        SigningKey.generate(),
        begin);
  }

  /** A report as it lies in an outbox. */
  public record Signed(Report report, String jws) {
    public String hash() {
      return SignedReport.hash(jws);
    }

    public String seal(EncryptionKey serverKey) {
      return Envelope.seal(jws, serverKey);
    }
  }

  public SigningKey key() {
    return key;
  }

  public Origin origin() {
    return origin;
  }

  /** The sequence of the next line. */
  public long sequence() {
    return sequence;
  }

  /** A second agent that goes on from here with the same key and stream: a cloned disk. */
  public TestReports copy() {
    TestReports copy = new TestReports(deployment, origin, key, next);
    copy.sequence = sequence;
    copy.previous = previous;
    return copy;
  }

  /** The same agent with other words about itself; its key stays. */
  public TestReports claiming(String otherDeployment, String agent, String region) {
    return new TestReports(otherDeployment, new Origin(agent, origin.stream(), region), key, next);
  }

  /** Lets time pass between two lines, or go back. */
  public TestReports after(Duration time) {
    next = next.plus(time);
    return this;
  }

  /** Signs from now on with another key. */
  public TestReports signingWith(SigningKey other) {
    key = other;
    return this;
  }

  /** Passes over sequences, as if a report had been lost on its way. */
  public TestReports skipping(long sequences) {
    sequence += sequences;
    return this;
  }

  /** Forgets the former report, as no agent may. */
  public TestReports breakingTheChain() {
    previous = "0".repeat(64);
    return this;
  }

  /** A report of that many good results of one monitor. */
  public Signed ups(String monitor, int count) {
    List<Function<TestReports, LogLine>> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add(agent -> agent.check(monitor, up()));
    }
    return report(lines);
  }

  /** A report of one result. */
  public Signed one(String monitor, Observation seen) {
    return report(List.of(agent -> agent.check(monitor, seen)));
  }

  /** A report of these lines, each made in its turn. */
  public Signed report(List<Function<TestReports, LogLine>> lines) {
    long first = sequence;
    List<byte[]> bytes = new ArrayList<>();
    for (Function<TestReports, LogLine> line : lines) {
      bytes.add(LineCodec.encode(line.apply(this)));
      sequence++;
      next = next.plusSeconds(1);
    }
    return sign(first, bytes);
  }

  /** A report of these bytes, whatever they are. */
  public Signed raw(byte[]... lines) {
    long first = sequence;
    sequence += lines.length;
    return sign(first, Arrays.asList(lines));
  }

  /** A report as an agent of a later version may write it: whatever follows the header. */
  public Signed ofVersion(int version) {
    Signed known = ups("later", 1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPInputStream in =
            new GZIPInputStream(new ByteArrayInputStream(PayloadCodec.fold(known.report())));
        GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      out.write(
          text.replaceFirst("\"version\":1", "\"version\":" + version)
              .getBytes(StandardCharsets.UTF_8));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return new Signed(known.report(), Signature.sign(bytes.toByteArray(), Signature.REPORT, key));
  }

  /** Word that so many sequences were dropped. */
  public Signed gap(long count) {
    long first = sequence;
    sequence += count;
    return sign(
        new Report(
            header(ReportHeader.Kind.GAP, first, sequence - 1, 0, "dd".repeat(32)), List.of()));
  }

  /** A result line at this agent's present sequence and time. */
  public CheckResult check(String monitor, Observation seen) {
    MonitorDefinition definition = definition(monitor);
    return new CheckResult(
        origin,
        sequence,
        next,
        new CheckResult.MonitorName(monitor, definition.name(), definition.type()),
        definition.url(),
        next.minusMillis(3),
        next.plus(definition.interval()),
        DefinitionCodec.shortHash(definition),
        seen,
        1,
        false);
  }

  /** A hello line at this agent's present sequence and time. */
  public Hello hello(long revision, List<MonitorDefinition> definitions) {
    return new Hello(
        origin,
        sequence,
        next,
        "0.1.0",
        revision,
        1,
        1,
        definitions.stream().map(Hello.Declaration::of).toList());
  }

  /** A rotate line at this agent's present sequence and time. */
  public Rotation rotation(SigningKey to) {
    return new Rotation(origin, sequence, next, to.publicKey().jwk());
  }

  public static Observation up() {
    return new Observation(
        Status.UP,
        null,
        Duration.ofMillis(120),
        new Phases(1_000L, 10_000L, 20_000L, 80_000L, 9_000L),
        200,
        5_120L,
        true,
        "198.51.100.7",
        List.of(),
        null,
        null);
  }

  public static Observation down(FailureKind kind, String message) {
    return new Observation(
        Status.DOWN,
        new Failure(kind, message),
        Duration.ofMillis(50),
        new Phases(1_000L, 10_000L, null, null, null),
        null,
        null,
        null,
        "198.51.100.7",
        List.of(),
        null,
        null);
  }

  /** A page that is checked once a minute. */
  public static MonitorDefinition definition(String monitor) {
    return definition(monitor, "https://example.com/" + monitor, true);
  }

  public static MonitorDefinition definition(String monitor, String url, boolean enabled) {
    return new MonitorDefinition(
        monitor,
        "Page " + monitor,
        "http",
        url,
        enabled,
        Duration.ofSeconds(60),
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        2,
        2,
        "majority",
        Map.of("team", "web"),
        null,
        Map.of("content_pattern", List.of("Welcome")));
  }

  private Signed sign(long first, List<byte[]> lines) {
    return sign(
        new Report(
            header(ReportHeader.Kind.LINES, first, sequence - 1, lines.size(), null), lines));
  }

  private Signed sign(Report report) {
    String jws = SignedReport.sign(report, key);
    previous = SignedReport.hash(jws);
    return new Signed(report, jws);
  }

  private ReportHeader header(
      ReportHeader.Kind kind, long first, long last, int lines, @Nullable String dropped) {
    return new ReportHeader(
        kind,
        deployment,
        origin.agent(),
        origin.stream(),
        null,
        origin.region(),
        first,
        last,
        lines,
        previous,
        next,
        250L,
        BOOT,
        dropped);
  }
}
