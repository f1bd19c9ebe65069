package webmon.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jws.JsonWebSignature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not exactly the wire is rejected, whatever the JOSE library would let pass. */
class StrictWireTest {
  private static final String JWE = Golden.text("report.jwe");
  private static final String JWS = Golden.text("report.jws");

  @Test
  void rejectsASealedReportWithOneBitFlippedAnywhere() {
    Random random = new Random(42);
    for (int i = 0; i < 1_000; i++) {
      byte[] bytes = JWE.getBytes(StandardCharsets.US_ASCII);
      int position = random.nextInt(bytes.length);
      bytes[position] = (byte) (bytes[position] ^ 1 << random.nextInt(7));
      assertRejectedEnvelope(new String(bytes, StandardCharsets.ISO_8859_1));
    }
  }

  @Test
  void rejectsASignedReportWithOneBitFlippedAnywhere() {
    Random random = new Random(43);
    for (int i = 0; i < 1_000; i++) {
      byte[] bytes = JWS.getBytes(StandardCharsets.US_ASCII);
      int position = random.nextInt(bytes.length);
      bytes[position] = (byte) (bytes[position] ^ 1 << random.nextInt(7));
      assertRejectedSignature(new String(bytes, StandardCharsets.ISO_8859_1));
    }
  }

  @Test
  void rejectsEveryOtherLastCharacterOfEverySegment() {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (String compact : List.of(JWE, JWS)) {
      for (int end = compact.indexOf('.'); ; end = compact.indexOf('.', end + 1)) {
        int last = (end < 0 ? compact.length() : end) - 1;
        if (compact.charAt(last) != '.') {
          for (char other : alphabet.toCharArray()) {
            if (other != compact.charAt(last)) {
              String changed = compact.substring(0, last) + other + compact.substring(last + 1);
              assertRejected(compact, changed);
            }
          }
        }
        if (end < 0) {
          break;
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"=", "==", " ", "\n", "\t", ".", "\r\n", "\u0000", "%3D", "AAAA"})
  void rejectsAnythingAddedToASegment(String added) {
    for (String compact : List.of(JWE, JWS)) {
      assertRejected(compact, compact + added);
      assertRejected(compact, added + compact);
      assertRejected(compact, compact.replaceFirst("\\.", added + "."));
      assertRejected(compact, compact.replaceFirst("\\.", "." + added));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "....", "a.b.c", "a.b.c.d.e", "null", "{}", "\ud800"})
  void rejectsWhatIsNoCompactSerialization(String text) {
    assertRejectedEnvelope(text);
    assertRejectedSignature(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"alg\":\"EdDSA\" | {\"zip\":\"DEF\",\"alg\":\"EdDSA\"",
        "{\"alg\":\"EdDSA\" | {\"crit\":[\"exp\"],\"alg\":\"EdDSA\"",
        "{\"alg\":\"EdDSA\" | {\"jku\":\"http://127.0.0.1/\",\"alg\":\"EdDSA\"",
        "{\"alg\":\"EdDSA\" | {\"alg\":\"none\"",
        "{\"alg\":\"EdDSA\" | {\"alg\":\"HS256\"",
        "{\"alg\":\"EdDSA\" | {\"alg\":\"Ed25519\"",
        "{\"alg\":\"EdDSA\" | {\"alg\":\"EdDSA\",\"alg\":\"EdDSA\"",
        "{\"alg\":\"EdDSA\", | {",
        ",\"typ\":\"webmon-report+jws\" | ''",
        "webmon-report+jws | webmon-acknowledgement+jws"
      })
  void rejectsAnotherSignatureHeader(String from, String to) throws Exception {
    String changed = withHeader(JWS, header -> header.replace(from, to));
    AtomicInteger lookedUp = new AtomicInteger();
    assertThatThrownBy(() ->
            SignedReport.verify(
                changed,
                kid -> {
                  lookedUp.incrementAndGet();
                  return GoldenFilesTest.agentKey(kid);
                }))
        .isInstanceOfSatisfying(
            RejectedException.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(Rejection.HEADER));
    assertThat(lookedUp).as("keys looked up before the header was right").hasValue(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"enc\":\"A256GCM\" | \"enc\":\"A128GCM\"",
        "\"enc\":\"A256GCM\" | \"zip\":\"DEF\",\"enc\":\"A256GCM\"",
        "\"enc\":\"A256GCM\" | \"x5c\":[],\"enc\":\"A256GCM\"",
        "\"ECDH-ES\" | \"ECDH-ES+A256KW\"",
        "\"ECDH-ES\" | \"dir\"",
        "\"crv\":\"X25519\" | \"crv\":\"X448\"",
        "\"kty\":\"OKP\" | \"kty\":\"EC\"",
        "\"kty\":\"OKP\" | \"d\":\"AA\",\"kty\":\"OKP\"",
        "\"cty\":\"JOSE\", | ''",
        "\"cty\":\"JOSE\" | \"cty\":\"JWT\""
      })
  void rejectsAnotherEnvelopeHeader(String from, String to) {
    String changed = withHeader(JWE, header -> header.replace(from, to));
    assertThatThrownBy(() -> Envelope.open(changed, GoldenFilesTest::decryptionKey))
        .isInstanceOfSatisfying(
            RejectedException.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(Rejection.HEADER));
  }

  @Test
  void takesNoKeyOfAnotherCurve() throws Exception {
    KeyPair ed448 = KeyPairGenerator.getInstance("Ed448").generateKeyPair();
    String jwk =
        JsonWebKey.Factory.newJwk(ed448.getPublic()).toJson(OutputControlLevel.PUBLIC_ONLY);
    assertThatThrownBy(() -> VerificationKey.ofJwk(jwk))
        .isInstanceOf(IllegalArgumentException.class);

    JsonWebSignature jws = new JsonWebSignature();
    jws.setAlgorithmHeaderValue("EdDSA");
    jws.setKeyIdHeaderValue(Golden.AGENT_KEY.kid());
    jws.setHeader("typ", "webmon-report+jws");
    jws.setPayloadBytes(new byte[] {1});
    jws.setKey(ed448.getPrivate());
    assertRejectedSignature(jws.getCompactSerialization());
  }

  @Test
  void rejectsASignatureByAnotherKeyUnderTheKnownName() {
    SigningKey other = SigningKey.generate();
    String forged = SignedReport.sign(Golden.report(), other);
    assertThatThrownBy(() ->
            SignedReport.verify(forged, kid -> java.util.Optional.of(Golden.AGENT_KEY.publicKey())))
        .isInstanceOfSatisfying(
            RejectedException.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(Rejection.SIGNATURE));
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

  private static void assertRejected(String original, String changed) {
    if (original.equals(JWE)) {
      assertRejectedEnvelope(changed);
    } else {
      assertRejectedSignature(changed);
    }
  }

  private static void assertRejectedEnvelope(String compact) {
    assertThatThrownBy(() -> Envelope.open(compact, GoldenFilesTest::decryptionKey))
        .isInstanceOf(RejectedException.class);
  }

  private static void assertRejectedSignature(String compact) {
    assertThatThrownBy(() -> SignedReport.verify(compact, GoldenFilesTest::agentKey))
        .isInstanceOf(RejectedException.class);
  }
}
