package webmon.report;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server's word on what it has committed of one stream. Every sequence is received, refused or
 * declared lost.
 *
 * @param contiguous all sequences from 1 to this one are received, refused or declared lost; 0 if
 *     the first is still missing
 * @param received ranges of stored sequences and declared gaps above {@code contiguous} or around
 *     it, ascending, not touching
 * @param refused ranges that will never be stored
 * @param fork a range for which the server holds a different report, or null
 * @param storeEpoch changes when the server's database was restored from an older copy
 */
public record Acknowledgement(
    String deployment,
    String agent,
    String stream,
    long contiguous,
    List<Range> received,
    List<RefusedRange> refused,
    @Nullable Range fork,
    String storeEpoch,
    Instant serverTime) {

  /** Sequences from first to last, both included. */
  public record Range(long first, long last) {
    public Range {
      if (first < 1 || last < first) {
        throw new IllegalArgumentException("range " + first + " to " + last);
      }
    }

    public boolean contains(long from, long to) {
      return first <= from && to <= last;
    }
  }

  /** The reason is a {@link Refusal} code, or one that a newer server knows. */
  public record RefusedRange(Range range, String reason) {}

  public Acknowledgement {
    received = List.copyOf(received);
    refused = List.copyOf(refused);
  }

  /** Whether all of these sequences are accounted for: nothing more has to be sent for them. */
  public boolean settles(long first, long last) {
    if (last <= contiguous) {
      return true;
    }
    long next = Math.max(first, contiguous + 1);
    // Received and refused ranges can take turns within one report.
    boolean advanced = true;
    while (next <= last && advanced) {
      advanced = false;
      for (Range range : received) {
        if (range.contains(next, next)) {
          next = range.last() + 1;
          advanced = true;
        }
      }
      for (RefusedRange range : refused) {
        if (range.range().contains(next, next)) {
          next = range.range().last() + 1;
          advanced = true;
        }
      }
    }
    return next > last;
  }
}
