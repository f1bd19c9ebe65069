package webmon.server.ingest.queue;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a queue's URL says about how to reach it.
 *
 * @param endpoint where requests go; null: where AWS has its SQS of that region
 */
record QueueAddress(String queueUrl, String region, @Nullable URI endpoint) {
  // Also FIPS endpoints, China, and VPC endpoints, which are names of their own.
  private static final Pattern AWS =
      Pattern.compile(
          "(?<vpc>[a-z0-9-]+\\.)?sqs(?:-fips)?\\.(?<region>[a-z0-9-]+)(?:\\.vpce)?"
              + "\\.amazonaws\\.com(?:\\.cn)?");

  /** Any other host is an SQS of somebody else's, for which a region has only to be there. */
  private static final String ANY_REGION = "us-east-1";

  static QueueAddress of(URI queueUrl) {
    String host = String.valueOf(queueUrl.getHost());
    Matcher aws = AWS.matcher(host);
    if (aws.matches()) {
      return new QueueAddress(
          queueUrl.toString(),
          aws.group("region"),
          aws.group("vpc") == null ? null : server(queueUrl));
    }
    return new QueueAddress(queueUrl.toString(), ANY_REGION, server(queueUrl));
  }

  boolean isAws() {
    return endpoint == null || AWS.matcher(String.valueOf(endpoint.getHost())).matches();
  }

  private static URI server(URI queueUrl) {
    String port = queueUrl.getPort() < 0 ? "" : ":" + queueUrl.getPort();
    return URI.create(queueUrl.getScheme() + "://" + queueUrl.getHost() + port);
  }
}
