package webmon.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jose4j.jws.JsonWebSignature;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import webmon.report.DecryptionKey;
import webmon.report.EncryptionKey;
import webmon.report.Envelope;
import webmon.report.Rejection;
import webmon.report.SigningKey;
import webmon.report.TestReports;

/** What is not authentic leaves a trace, and nothing else. */
class RejectionTest {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private final IngestFixture server = new IngestFixture();
  private final TestReports agent = server.agent("a");
  private final TestReports.Signed report = agent.ups("shop", 5);
  private final String sealed = report.seal(IngestFixture.serverKey());

  /** After whatever came, the next good report is stored. */
  @AfterEach
  void goesOn() {
    assertThat(server.count("report")).isZero();
    assertThat(server.count("check_result")).isZero();
    assertThat(server.store(report).duplicate()).isFalse();
    assertThat(server.sequences(agent, 0)).hasSize(5);
  }

  private List<Outcome> deliver(List<String> texts) {
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < texts.size(); i += 10) {
      outcomes.addAll(
          server.ingest.take(
              texts.subList(i, Math.min(i + 10, texts.size())).stream()
                  .map(text -> new Delivery(text, Transport.SQS))
                  .toList()));
    }
    return outcomes;
  }

  private void assertAllRejected(List<String> texts) {
    assertThat(deliver(texts)).allMatch(outcome -> outcome instanceof Outcome.Rejected);
    assertThat(server.count("rejected_report")).isEqualTo(new HashSet<>(texts).size());
    assertThat(server.database.number("select sum(count)::int8 from rejected_count"))
        .isEqualTo(texts.size());
    assertThat(server.texts("select reason from rejected_report where detail = ''")).isEmpty();
  }

  private Rejection rejection(String text) {
    return deliver(List.of(text)).getFirst() instanceof Outcome.Rejected rejected
        ? rejected.reason()
        : throwNotRejected();
  }

  private static Rejection throwNotRejected() {
    throw new AssertionError("not rejected");
  }

  @Test
  void rejectsOneFlippedBitAtEachOfAThousandPositions() {
    byte[] bytes = sealed.getBytes(StandardCharsets.US_ASCII);
    List<String> changed = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      byte[] copy = bytes.clone();
      int position = (int) ((long) i * bytes.length / 1_000);
      copy[position] ^= (byte) (1 << i % 7);
      changed.add(new String(copy, StandardCharsets.ISO_8859_1));
    }
    assertAllRejected(changed);
  }

  @Test
  void rejectsOneFlippedBitOfTheSignedReportInside() {
    byte[] bytes = report.jws().getBytes(StandardCharsets.US_ASCII);
    List<String> changed = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      byte[] copy = bytes.clone();
      int position = (int) ((long) i * bytes.length / 300);
      copy[position] ^= (byte) (1 << i % 7);
      changed.add(seal(new String(copy, StandardCharsets.ISO_8859_1)));
    }
    assertAllRejected(changed);
    assertThat(Set.copyOf(server.texts("select reason from rejected_report")))
        .isSubsetOf("not_compact", "header", "signature", "unknown_agent_key");
  }

  @Test
  void rejectsEveryOtherLastCharacterOfASegment() {
    List<String> changed = new ArrayList<>();
    for (String compact : List.of(sealed, report.jws())) {
      UnaryOperator<String> envelope =
          compact.equals(sealed) ? UnaryOperator.identity() : RejectionTest::seal;
      for (int dot = compact.indexOf('.'); dot >= 0; dot = compact.indexOf('.', dot + 1)) {
        addOtherCharacters(compact, dot - 1, envelope, changed);
      }
      addOtherCharacters(compact, compact.length() - 1, envelope, changed);
    }
    assertAllRejected(changed);
  }

  private static void addOtherCharacters(
      String compact, int position, UnaryOperator<String> envelope, List<String> changed) {
    if (compact.charAt(position) != '.') {
      for (char other : ALPHABET.toCharArray()) {
        if (other != compact.charAt(position)) {
          changed.add(
              envelope.apply(
                  compact.substring(0, position) + other + compact.substring(position + 1)));
        }
      }
    }
  }

  @Test
  void rejectsPaddingWhiteSpaceAndOtherForms() {
    List<String> changed = new ArrayList<>();
    for (String added : List.of("=", "==", " ", "\n", "\r\n", "\t", "\0", ".", "\u20ac")) {
      changed.add(sealed + added);
      changed.add(added + sealed);
      changed.add(sealed.replaceFirst("\\.", added + "."));
      changed.add(seal(report.jws() + added));
      changed.add(seal(report.jws().replaceFirst("\\.", added + ".")));
    }
    changed.addAll(List.of("", "null", "{}", "....", "a.b.c.d.e", report.jws()));
    assertAllRejected(changed);
  }

  static Stream<UnaryOperator<String>> otherHeaders() {
    return Stream.of(
        header -> header.replace("{", "{\"zip\":\"DEF\","),
        header -> header.replace("{", "{\"crit\":[\"b64\"],"),
        header -> header.replace("{", "{\"jku\":\"https://example.com\","),
        header -> header.replace("{", "{\"x5c\":[],"),
        header -> header.replaceFirst(",\"typ\":\"[^\"]*\"", ""),
        header -> header.replaceFirst("\"kid\":\"[^\"]*\",?", "").replace(",}", "}"),
        header -> header.replaceFirst("\"alg\":\"[^\"]*\"", "\"alg\":\"none\""),
        header -> header.replaceFirst("\"alg\":\"[^\"]*\"", "\"alg\":\"HS256\""));
  }

  @ParameterizedTest
  @MethodSource("otherHeaders")
  void rejectsAMissingOrExtraHeaderMember(UnaryOperator<String> change) {
    assertThat(rejection(withHeader(sealed, change))).isEqualTo(Rejection.HEADER);
    assertThat(rejection(seal(withHeader(report.jws(), change)))).isEqualTo(Rejection.HEADER);
  }

  @Test
  void rejectsEd448UnderTheSameAlgorithmName() throws Exception {
    KeyPair ed448 = KeyPairGenerator.getInstance("Ed448").generateKeyPair();
    JsonWebSignature jws = new JsonWebSignature();
    jws.setAlgorithmHeaderValue("EdDSA");
    jws.setKeyIdHeaderValue(agent.key().kid());
    jws.setHeader("typ", "webmon-report+jws");
    jws.setPayloadBytes(new byte[] {1, 2, 3});
    jws.setKey(ed448.getPrivate());
    assertThat(rejection(seal(jws.getCompactSerialization()))).isEqualTo(Rejection.SIGNATURE);
  }

  @Test
  void rejectsStrangersAndForgers() {
    assertThat(rejection(server.stranger("x").ups("shop", 1).seal(IngestFixture.serverKey())))
        .isEqualTo(Rejection.UNKNOWN_AGENT_KEY);
    assertThat(rejection(report.seal(DecryptionKey.generate().publicKey())))
        .isEqualTo(Rejection.UNKNOWN_SERVER_KEY);
    String forged = agent.copy().signingWith(SigningKey.generate()).ups("shop", 1).jws();
    String[] theirs = forged.split("\\.");
    String ours = report.jws().substring(0, report.jws().indexOf('.'));
    assertThat(rejection(seal(ours + "." + theirs[1] + "." + theirs[2])))
        .isEqualTo(Rejection.SIGNATURE);
  }

  @Test
  void rejectsWhatIsTooLargeUnread() {
    assertThat(rejection("A".repeat(256 * 1024 + 1))).isEqualTo(Rejection.TOO_LARGE);
    assertThat(server.database.number("select length(sample) from rejected_report")).isEqualTo(512);
  }

  @Test
  void countsTheSameContentOnOneRow() {
    deliver(List.of("junk", "junk", "junk"));
    deliver(List.of("junk"));
    assertThat(server.count("rejected_report")).isEqualTo(1);
    assertThat(server.database.number("select count from rejected_report")).isEqualTo(4);
    assertThat(server.metric("reports.rejected.not_compact")).isEqualTo(4);
  }

  @Test
  void describesNoMoreThanItsRateInAFloodButCountsAll() {
    List<String> flood = new ArrayList<>();
    for (int i = 0; i < 2_500; i++) {
      flood.add("junk " + i);
    }
    deliver(flood);
    assertThat(server.count("rejected_report")).isBetween(2_000L, 2_001L);
    assertThat(server.database.number("select count from rejected_count")).isEqualTo(2_500);
    server.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    deliver(flood.subList(2_400, 2_500));
    assertThat(server.count("rejected_report")).isBetween(2_020L, 2_021L);
  }

  @Test
  void keepsNoMoreThanItsBoundOfRows() {
    server
        .database
        .jdbi()
        .useHandle(handle ->
            handle.execute(
                """
                insert into rejected_report
                  (first_at, last_at, reason, detail, transport, bytes, sha256, sample)
                select now(), now(), 'header', '-', 'sqs', 1, sha256(n::text::bytea), ''
                from generate_series(1, 10000) as n
                """));
    deliver(List.of("junk 1", "junk 2"));
    assertThat(server.count("rejected_report")).isEqualTo(RejectionLog.MOST_ROWS);
  }

  private static String seal(String jws) {
    EncryptionKey key = IngestFixture.serverKey();
    return Envelope.seal(jws, key);
  }

  private static String withHeader(String compact, UnaryOperator<String> change) {
    int dot = compact.indexOf('.');
    String header =
        new String(
            Base64.getUrlDecoder().decode(compact.substring(0, dot)), StandardCharsets.UTF_8);
    String changed = change.apply(header);
    assertThat(changed).isNotEqualTo(header);
    return Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(changed.getBytes(StandardCharsets.UTF_8))
        + compact.substring(dot);
  }
}
