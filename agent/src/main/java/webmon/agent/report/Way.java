package webmon.agent.report;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import webmon.agent.resultlog.Trouble;
import webmon.agent.transport.Transport;

/** A transport, and whether it is to be left alone for now. */
final class Way {
  private static final Logger LOG = LoggerFactory.getLogger(Way.class);

  private final Transport transport;
  private final RandomGenerator random;
  private final Trouble trouble;
  private int failures;
  private long retryAt;

  Way(Transport transport, RandomGenerator random) {
    this.transport = transport;
    this.random = random;
    this.trouble = new Trouble(LOG, "Reports cannot be sent by " + transport.name());
  }

  Transport transport() {
    return transport;
  }

  boolean ready(long now) {
    return failures == 0 || retryAt - now <= 0;
  }

  /** Nanoseconds until it may be tried; 0 if that is now. */
  long nanosUntilReady(long now) {
    return ready(now) ? 0 : retryAt - now;
  }

  void works() {
    failures = 0;
    trouble.over();
  }

  void failed(long now, String sentence, @Nullable Throwable cause) {
    failures++;
    retryAt = now + Backoff.nanos(failures, random);
    trouble.occurred(sentence, cause);
  }
}
