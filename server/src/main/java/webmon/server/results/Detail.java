package webmon.server.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import webmon.monitor.Sha256;
import webmon.result.CheckResult;
import webmon.result.Hop;
import webmon.result.Observation;
import webmon.result.Phases;

/**
 * What a result says beside its numbers. Results with the same have the same hash and share a row.
 *
 * @param until end of the span of folded missed checks, else null
 * @param longs due offset, duration and the phases in microseconds, where one is past an int4
 */
record Detail(
    @Nullable String message,
    @Nullable String address,
    @Nullable Instant certificateExpiresAt,
    @Nullable Boolean contentMatched,
    @Nullable String hops,
    @Nullable String excerpt,
    int count,
    @Nullable Instant until,
    boolean clockStepped,
    List<@Nullable Long> longs) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final List<@Nullable Long> NO_LONGS = noLongs();

  /** The detail of a result; empty if it says nothing beside its numbers. */
  static Optional<Detail> of(NewResult stored) {
    CheckResult result = stored.result();
    Observation seen = result.observation();
    Detail detail =
        new Detail(
            seen.failure() == null ? null : seen.failure().message(),
            seen.address(),
            seen.certificateExpiresAt(),
            seen.contentMatched(),
            hops(seen.hops()),
            seen.excerpt(),
            result.count(),
            result.count() > 1 ? result.until() : null,
            result.clockStepped(),
            longs(stored));
    return detail.equals(NOTHING) ? Optional.empty() : Optional.of(detail);
  }

  private static final Detail NOTHING =
      new Detail(null, null, null, null, null, null, 1, null, false, NO_LONGS);

  /** SHA-256 over all members, 64 hex digits. */
  String hash() {
    ArrayNode members = MAPPER.createArrayNode();
    members.add(message).add(address).add(Objects.toString(certificateExpiresAt, null));
    members.add(contentMatched).add(hops).add(excerpt).add(count);
    members.add(Objects.toString(until, null)).add(clockStepped);
    longs.forEach(members::add);
    return Sha256.hex(members.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Nullable Long longAt(int index) {
    return longs.get(index);
  }

  private static List<@Nullable Long> longs(NewResult stored) {
    Phases phases = stored.phases();
    List<@Nullable Long> all =
        Arrays.asList(
            stored.dueOffsetUs(),
            stored.durationUs(),
            phases.dns(),
            phases.connect(),
            phases.tls(),
            phases.waiting(),
            phases.transfer());
    for (Long value : all) {
      if (value != null && value.intValue() != value) {
        return all;
      }
    }
    return NO_LONGS;
  }

  private static List<@Nullable Long> noLongs() {
    @Nullable Long[] none = new @Nullable Long[7];
    return Arrays.asList(none);
  }

  private static @Nullable String hops(List<Hop> hops) {
    if (hops.isEmpty()) {
      return null;
    }
    ArrayNode array = MAPPER.createArrayNode();
    for (Hop hop : hops) {
      array.addObject().put("url", hop.url()).put("status_code", hop.httpStatus());
    }
    return array.toString();
  }
}
