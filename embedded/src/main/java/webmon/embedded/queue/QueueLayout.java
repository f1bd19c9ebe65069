package webmon.embedded.queue;

import java.time.Duration;

/**
 * A queue, and the dead-letter queue that takes a message after {@code mostReceives} receives
 * without a deletion. A received message is hidden from others for {@code visibility}, in whole
 * seconds.
 */
public record QueueLayout(
    String name, String deadLetterName, int mostReceives, Duration visibility) {
  public QueueLayout {
    if (mostReceives < 1 || mostReceives > 1000) {
      throw new IllegalArgumentException("SQS takes 1 to 1000 receives, not " + mostReceives);
    }
    if (visibility.isNegative() || visibility.compareTo(Duration.ofHours(12)) > 0) {
      throw new IllegalArgumentException("SQS hides a message for 0 to 12 hours");
    }
  }

  /** The queue of reports, as it is made in production. */
  public static QueueLayout reports() {
    return new QueueLayout("webmon-reports", "webmon-reports-dead", 10, Duration.ofSeconds(30));
  }

  public QueueLayout withVisibility(Duration other) {
    return new QueueLayout(name, deadLetterName, mostReceives, other);
  }

  public QueueLayout withMostReceives(int other) {
    return new QueueLayout(name, deadLetterName, other, visibility);
  }
}
