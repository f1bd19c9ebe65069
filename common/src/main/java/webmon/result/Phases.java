package webmon.result;

import org.jspecify.annotations.Nullable;

/**
 * Durations of the parts of a check in microseconds; null where a part did not take place (no TLS,
 * an address instead of a name) or was not finished. {@code waiting} ({@code wait} on the wire,
 * which a record cannot say) is the time from the request's last byte to the response's first.
 */
public record Phases(
    @Nullable Long dns,
    @Nullable Long connect,
    @Nullable Long tls,
    @Nullable Long waiting,
    @Nullable Long transfer) {

  public static final Phases NONE = new Phases(null, null, null, null, null);
}
