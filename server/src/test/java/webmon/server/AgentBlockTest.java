package webmon.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import webmon.configuration.Configuration;
import webmon.configuration.ConfigurationFile;
import webmon.configuration.ReportSettings;
import webmon.configuration.Secret;
import webmon.configuration.Section;
import webmon.configuration.TransportKind;
import webmon.report.DecryptionKey;
import webmon.report.SigningKey;

/** What is printed when an agent is registered is what its configuration file takes. */
class AgentBlockTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private final SigningKey signing = SigningKey.generate();
  private final DecryptionKey decryption = DecryptionKey.generate();

  @Test
  void isUnderstoodByTheAgent() throws Exception {
    URI queue = URI.create("https://sqs.eu-north-1.amazonaws.com/1/webmon");
    Configuration read = read(block(URI.create("https://webmon.example.com"), queue));
    ReportSettings report = Objects.requireNonNull(read.report());
    assertThat(read.agent().id()).isEqualTo("a-1");
    assertThat(read.agent().region()).isEqualTo("eu-north-1");
    assertThat(report.transports()).containsExactly(TransportKind.SQS, TransportKind.HTTPS);
    assertThat(report.queueUrl()).isEqualTo(queue);
    assertThat(report.serverUrl()).hasToString("https://webmon.example.com");
    assertThat(report.apiKey()).isEqualTo(new Secret("wm_0123456789ab_secret"));
    assertThat(report.deployment()).isEqualTo("0123456789abcdef0123456789abcdef");
    assertThat(report.serverKeys()).hasSize(2);
    assertThat(MAPPER.readTree(report.serverKeys().getFirst()))
        .isEqualTo(MAPPER.readTree(signing.publicKey().jwk()));
    assertThat(MAPPER.readTree(report.serverKeys().getLast()))
        .isEqualTo(MAPPER.readTree(decryption.publicKey().jwk()));
  }

  @Test
  void namesOnlyTheWaysThereAre() {
    ReportSettings https =
        Objects.requireNonNull(read(block(URI.create("https://w.example.com"), null)).report());
    assertThat(https.transports()).containsExactly(TransportKind.HTTPS);
    ReportSettings sqs =
        Objects.requireNonNull(read(block(null, URI.create("https://q.example.com/1/q"))).report());
    assertThat(sqs.transports()).containsExactly(TransportKind.SQS);
    assertThat(sqs.queueAcknowledged()).isTrue();
    assertThat(sqs.apiKey()).isNull();
  }

  private AgentBlock block(@Nullable URI server, @Nullable URI queue) {
    return new AgentBlock(
        "a-1",
        "eu-north-1",
        "0123456789abcdef0123456789abcdef",
        List.of(signing.publicKey().jwk(), decryption.publicKey().jwk()),
        "0123456789ab",
        new Secret("wm_0123456789ab_secret"),
        server,
        queue);
  }

  private static Configuration read(AgentBlock block) {
    return ConfigurationFile.parse(
            block.toml(), "agent.toml", Section.forAgent(), name -> null, Path.of("."))
        .orComplaint();
  }
}
