package webmon.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import webmon.monitor.DefinitionCodec;
import webmon.result.LineCodec;
import webmon.result.LogLine;

/** Version 1 of the wire, as committed bytes: what is read and written may not change. */
class GoldenFilesTest {
  @Test
  void writesEachKindOfLineByteForByte() {
    for (Map.Entry<String, LogLine> line : Golden.lines().entrySet()) {
      assertThat(new String(LineCodec.encode(line.getValue()), StandardCharsets.UTF_8))
          .as(line.getKey())
          .isEqualTo(Golden.text(line.getKey()));
    }
  }

  @Test
  void readsEachKindOfLine() throws Exception {
    for (Map.Entry<String, LogLine> line : Golden.lines().entrySet()) {
      byte[] bytes = Golden.text(line.getKey()).getBytes(StandardCharsets.UTF_8);
      assertThat(LineCodec.decode(bytes)).as(line.getKey()).isEqualTo(line.getValue());
    }
  }

  @Test
  void hashesADefinitionOverItsCanonicalJson() {
    assertThat(DefinitionCodec.hash(Golden.definition())).isEqualTo(Golden.text("definition.hash"));
    assertThat(DefinitionCodec.fromJson(DefinitionCodec.toJson(Golden.definition())))
        .isEqualTo(Golden.definition());
  }

  @Test
  void opensAnEncryptedReport() throws Exception {
    String jws = Envelope.open(Golden.text("report.jwe"), GoldenFilesTest::decryptionKey);
    assertThat(jws).isEqualTo(Golden.text("report.jws"));
  }

  @Test
  void readsASignedReport() throws Exception {
    SignedReport.Authentic authentic =
        SignedReport.verify(Golden.text("report.jws"), GoldenFilesTest::agentKey);
    Report report = PayloadCodec.unfold(authentic.payload(), Limits.SERVER);
    assertThat(report.header()).isEqualTo(Golden.report().header());
    assertThat(report.lines()).containsExactlyElementsOf(Golden.report().lines());
    assertThat(authentic.kid()).isEqualTo(Golden.AGENT_KEY.kid());
  }

  @Test
  void readsADeclaredGap() throws Exception {
    SignedReport.Authentic authentic =
        SignedReport.verify(Golden.text("gap.jws"), GoldenFilesTest::agentKey);
    assertThat(PayloadCodec.unfold(authentic.payload(), Limits.SERVER)).isEqualTo(Golden.gap());
  }

  @Test
  void signsAnAcknowledgementByteForByte() {
    // Ed25519 is deterministic, and there is no compression in an acknowledgement.
    assertThat(AcknowledgementCodec.sign(Golden.acknowledgement(), Golden.SERVER_SIGNING_KEY))
        .isEqualTo(Golden.text("acknowledgement.jws"));
  }

  @Test
  void readsAnAcknowledgement() throws Exception {
    assertThat(
            AcknowledgementCodec.verify(
                Golden.text("acknowledgement.jws"),
                kid ->
                    Optional.of(Golden.SERVER_SIGNING_KEY.publicKey())
                        .filter(key -> key.kid().equals(kid))))
        .isEqualTo(Golden.acknowledgement());
  }

  static Optional<DecryptionKey> decryptionKey(String kid) {
    return Optional.of(Golden.SERVER_DECRYPTION_KEY).filter(key -> key.kid().equals(kid));
  }

  static Optional<VerificationKey> agentKey(String kid) {
    return Optional.of(Golden.AGENT_KEY.publicKey()).filter(key -> key.kid().equals(kid));
  }
}
