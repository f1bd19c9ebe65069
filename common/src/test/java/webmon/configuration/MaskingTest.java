package webmon.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskingTest {
  @ParameterizedTest
  @CsvSource({
    "no secret in here, no secret in here",
    "abcdef abcd abc, *** *** abc",
    "x abcdefabcd y, x ****** y",
    "p%40ss/word p@ss/word p%40ss%2Fword, p%40ss/word *** ***",
    "GET https://u:p@host/x, GET https://***@host/x",
    "https://a@b@host/x@y, https://***@host/x@y",
    "https://host/x?a=1&Token=zz&b=2, https://host/x?a=1&Token=***&b=2",
    "/x?key=z;z&next_key_id=1, /x?key=***&next_key_id=1",
    "https://h/?X-Amz-Signature=0f&x=1#f, https://h/?X-Amz-Signature=***&x=1#f",
    "monkey=1&keyboard=2, monkey=1&keyboard=2"
  })
  void hidesWhatItKnowsAndWhatLooksSecret(String text, String masked) {
    Masking masking = Masking.of(List.of("abcd", "abcdef", "abc", "p@ss/word"));
    assertThat(masking.mask(text)).isEqualTo(masked);
  }

  @Test
  void neverPrintsWhatItHides() {
    assertThat(Masking.of(List.of("abcdef")).toString()).doesNotContain("abcdef");
    assertThat(new Secret("abcdef").toString()).isEqualTo("[redacted]");
  }

  @Test
  void knowsEverySecretOfTheFile() {
    Configuration configuration =
        Written.usable(
            Written.REPORT
                + """
                server_url = "https://webmon.example.com"
                api_key = "wm_written_down"
                [server]
                database_url = "jdbc:postgresql://db/webmon?user=w&password=${DB}"
                database_password = "plain-password"
                keys_file = "server.jwks"
                queue_url = "http://${QUEUE_HOST}:9324/queue/reports"
                [agent]
                region = "${REGION}"
                [[web_page]]
                url = "https://example.com/${TOKEN}"
                """,
            Map.of(
                "DB",
                "db-secret",
                "TOKEN",
                "page-token",
                "REGION",
                "eu-north-1",
                "QUEUE_HOST",
                "elasticmq"));
    assertThat(
            configuration
                .masking()
                .mask("wm_written_down db-secret page-token plain-password eu-north-1 elasticmq"))
        .isEqualTo("*** *** *** *** eu-north-1 elasticmq");
    assertThat(configuration.toString())
        .doesNotContain("wm_written_down", "db-secret", "page-token", "plain-password");
  }

  @Test
  void getsThroughHostileText() {
    String text = "://".repeat(300_000) + "?a".repeat(300_000);
    assertThat(Masking.of(List.of("abcd")).mask(text)).isEqualTo(text);
  }
}
