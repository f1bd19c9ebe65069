package webmon.result;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one check saw, before it is somebody's numbered result. All texts are masked already.
 *
 * @param failure null exactly where the status is {@code up}
 * @param duration from the start of the check to its end; zero where it never started
 * @param bodyBytes bytes of the body that were read, after content decoding
 * @param contentMatched whether every pattern was found; null where none is expected or the body
 *     was not reached
 * @param address the connected address, without port
 * @param hops redirects followed, at most {@value #MOST_HOPS}
 * @param excerpt the beginning of the body of the first failed result of a streak, at most {@value
 *     #MOST_EXCERPT_BYTES} bytes of UTF-8
 * @param certificateExpiresAt the earliest end of validity in the served chain
 */
public record Observation(
    Status status,
    @Nullable Failure failure,
    Duration duration,
    Phases phases,
    @Nullable Integer httpStatus,
    @Nullable Long bodyBytes,
    @Nullable Boolean contentMatched,
    @Nullable String address,
    List<Hop> hops,
    @Nullable String excerpt,
    @Nullable Instant certificateExpiresAt) {

  public static final int MOST_HOPS = 10;
  public static final int MOST_EXCERPT_BYTES = 512;

  public Observation {
    hops = List.copyOf(hops);
    if ((failure == null) != (status == Status.UP)) {
      throw new IllegalArgumentException("status " + status + " with failure " + failure);
    }
    if (duration.isNegative()) {
      throw new IllegalArgumentException("negative duration " + duration);
    }
    if (hops.size() > MOST_HOPS) {
      throw new IllegalArgumentException(hops.size() + " hops");
    }
  }

  /** Nothing was measured: the check did not reach the page, or did not take place. */
  public static Observation without(Status status, FailureKind kind, String message) {
    return new Observation(
        status,
        new Failure(kind, message),
        Duration.ZERO,
        Phases.NONE,
        null,
        null,
        null,
        null,
        List.of(),
        null,
        null);
  }
}
