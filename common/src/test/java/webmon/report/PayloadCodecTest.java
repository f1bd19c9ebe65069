package webmon.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadCodecTest {
  private static final String TEXT = unzip(PayloadCodec.fold(Golden.report()));

  @Test
  void foldsTheLogByteForByte() throws Exception {
    Report read = PayloadCodec.unfold(PayloadCodec.fold(Golden.report()), Limits.SERVER);
    assertThat(read.lines()).containsExactlyElementsOf(Golden.report().lines());
    assertThat(PayloadCodec.fold(read)).isEqualTo(PayloadCodec.fold(Golden.report()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"first\":1 | \"first\":2",
        "\"lines\":5 | \"lines\":4",
        "\"last\":5 | \"last\":9223372036854775807",
        "\"last\":5 | \"last\":99999999999999999999",
        "\"kind\":\"lines\" | \"kind\":\"gap\"",
        "\"kind\":\"lines\" | \"kind\":\"poem\"",
        "\"version\":1 | \"version\":\"1\"",
        "\"clock_offset_us\":-1500 | \"clock_offset_us\":0.5",
        "\"region\":\"eu-north-1\" | \"region\":null",
        "\"deployment\":\"d0 | \"deployment\":\"D0",
        "\"first\":1 | \"first\":1,\"first\":1"
      })
  void refusesAHeaderThatIsNotSound(String from, String to) {
    assertThat(TEXT).contains(from);
    byte[] payload = zip(TEXT.replace(from, to));
    assertThatThrownBy(() -> PayloadCodec.unfold(payload, Limits.SERVER))
        .isInstanceOf(MalformedPayloadException.class);
  }

  @Test
  void knowsANewerVersionFromAMalformedPayload() {
    byte[] payload = zip(TEXT.replace("\"version\":1", "\"version\":2"));
    assertThatThrownBy(() -> PayloadCodec.unfold(payload, Limits.SERVER))
        .isInstanceOf(UnknownVersionException.class)
        .hasMessageContaining("update");
  }

  @Test
  void stopsUnfoldingAtItsLimits() {
    Limits small = new Limits(100, 10_000, 3);
    assertThatThrownBy(() -> PayloadCodec.unfold(zip("x".repeat(10_000_000)), small))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessageContaining("10000 bytes");
    assertThatThrownBy(() -> PayloadCodec.unfold(zip("\n".repeat(9_000)), small))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessageContaining("3 lines");
  }

  @Test
  void refusesWhatIsNotGzipOrCutOrHasNoLastLineFeed() {
    byte[] payload = PayloadCodec.fold(Golden.report());
    for (int length = 0; length < payload.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(payload, length);
      assertThatThrownBy(() -> PayloadCodec.unfold(cut, Limits.SERVER))
          .isInstanceOf(MalformedPayloadException.class);
    }
    assertThatThrownBy(() -> PayloadCodec.unfold(zip(TEXT.stripTrailing()), Limits.SERVER))
        .isInstanceOf(MalformedPayloadException.class);
    assertThatThrownBy(() -> PayloadCodec.unfold(zip(""), Limits.SERVER))
        .isInstanceOf(MalformedPayloadException.class);
  }

  private static byte[] zip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  private static String unzip(byte[] bytes) {
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
