package webmon.agent.transport;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a queue's URL says of where it is. */
record QueueAddress(URI url) {
  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-[0-9]+");
  private static final String ANY_REGION = "us-east-1";

  /** The scheme, host and port that requests go to. */
  URI endpoint() {
    return URI.create(url.getScheme() + "://" + url.getRawAuthority());
  }

  /** Whether the queue is one of Amazon's; every other takes any credentials or its own. */
  boolean isAmazon() {
    String host = host();
    return host.endsWith(".amazonaws.com")
        || host.endsWith(".amazonaws.com.cn")
        || host.endsWith(".api.aws");
  }

  /** The region that the host names, which requests are signed for. */
  String region() {
    for (String label : host().split("\\.", -1)) {
      if (REGION.matcher(label).matches()) {
        return label;
      }
    }
    return ANY_REGION;
  }

  private String host() {
    String host = url.getHost();
    return host == null ? "" : host.toLowerCase(Locale.ROOT);
  }
}
