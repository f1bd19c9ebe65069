package webmon.server.ingest.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueAddressTest {
  @ParameterizedTest
  @CsvSource({
    "https://sqs.eu-north-1.amazonaws.com/123/q, eu-north-1, , true",
    "https://sqs.cn-north-1.amazonaws.com.cn/123/q, cn-north-1, , true",
    "https://sqs-fips.us-gov-west-1.amazonaws.com/123/q, us-gov-west-1, , true",
    "https://vpce-1a2b-c3.sqs.eu-west-1.vpce.amazonaws.com/123/q, eu-west-1,"
        + " https://vpce-1a2b-c3.sqs.eu-west-1.vpce.amazonaws.com, true",
    "http://127.0.0.1:9324/000000000000/q, us-east-1, http://127.0.0.1:9324, false",
    "http://elasticmq:9324/queue/q, us-east-1, http://elasticmq:9324, false",
    "https://sqs.example.com/1/q, us-east-1, https://sqs.example.com, false",
    "https://sqs.eu-north-1.amazonaws.com.evil.example/1/q, us-east-1,"
        + " https://sqs.eu-north-1.amazonaws.com.evil.example, false"
  })
  void tellsAwsFromOthers(
      String queueUrl, String region, @Nullable String endpoint, boolean isAws) {
    QueueAddress address = QueueAddress.of(URI.create(queueUrl));
    assertThat(address.queueUrl()).isEqualTo(queueUrl);
    assertThat(address.region()).isEqualTo(region);
    assertThat(address.endpoint()).isEqualTo(endpoint == null ? null : URI.create(endpoint));
    assertThat(address.isAws()).isEqualTo(isAws);
  }
}
