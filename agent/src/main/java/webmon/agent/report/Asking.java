package webmon.agent.report;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import webmon.agent.resultlog.Trouble;
import webmon.agent.transport.AcknowledgementSource;
import webmon.agent.transport.Sent;

/** Asks the server for its word from time to time; for the courier's thread. */
final class Asking {
  private static final Logger LOG = LoggerFactory.getLogger(Asking.class);
  private static final Duration WITHIN = Duration.ofSeconds(10);

  private final @Nullable AcknowledgementSource server;
  private final long everyNanos;
  private final Settling settling;
  private final ServerWord word;
  private final LongSupplier nanos;
  private final RandomGenerator random;
  private final Trouble trouble = new Trouble(LOG, "The server gives no acknowledgement");
  private long next;
  private int failures;

  Asking(
      Routes routes,
      Settling settling,
      ServerWord word,
      LongSupplier nanos,
      RandomGenerator random) {
    this.server = routes.server();
    this.everyNanos = routes.askEvery().toNanos();
    this.settling = settling;
    this.word = word;
    this.nanos = nanos;
    this.random = random;
    this.next = nanos.getAsLong();
  }

  /** Whether there is no server to be asked. */
  boolean isVain() {
    return server == null;
  }

  /** Nanoseconds until it is time. */
  long nanosUntilNext(long now) {
    return server == null ? Long.MAX_VALUE : Math.max(0, next - now);
  }

  /** A report was sent just now: the server will not have it yet. */
  void somethingWent() {
    long now = nanos.getAsLong();
    if (next - now < 0) {
      next = now + everyNanos;
    }
  }

  /** Asks about each of these streams, if it is time. */
  void ask(Set<String> streams) throws IOException {
    AcknowledgementSource source = server;
    if (source == null || next - nanos.getAsLong() > 0) {
      return;
    }
    for (String stream : streams) {
      long askedAt = nanos.getAsLong();
      Sent answer = source.ask(stream, WITHIN);
      String failure = hear(answer, stream, askedAt);
      if (failure != null) {
        failures++;
        trouble.occurred(failure, answer instanceof Sent.Failed failed ? failed.cause() : null);
        next = nanos.getAsLong() + Math.max(everyNanos, Backoff.nanos(failures, random));
        return;
      }
      failures = 0;
      trouble.over();
    }
    next = nanos.getAsLong() + everyNanos;
  }

  private @Nullable String hear(Sent answer, String stream, long askedAt) throws IOException {
    return switch (answer) {
      case Sent.Accepted accepted -> "the answer is none";
      case Sent.Failed failed -> failed.sentence();
      case Sent.Acknowledged acknowledged ->
          switch (word.hear(acknowledged.jws(), stream)) {
            case ServerWord.Heard.Nothing nothing -> nothing.sentence();
            case ServerWord.Heard.Verified verified -> {
              settling.heard(verified.acknowledgement(), askedAt, null);
              yield null;
            }
          };
    };
  }
}
