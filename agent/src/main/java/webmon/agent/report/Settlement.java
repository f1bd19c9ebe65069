package webmon.agent.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import webmon.report.Acknowledgement;
import webmon.report.Acknowledgement.Range;
import webmon.report.Acknowledgement.RefusedRange;

/**
 * What follows from an acknowledgement.
 *
 * <p>Its ranges name sequences, not reports. Where a {@code data_dir} was cloned or restored, two
 * different reports can bear the same sequences, and the server's word may be about the other one.
 * Therefore ranges end only what was sent before the word was asked for; and once the server has
 * sequences that were never given here, or speaks of a fork, the stream is <em>contested</em>: its
 * reports end only by the answer to that very report.
 *
 * @param again the server has less than it had: what it lacks is to be sent once more
 * @param ended these need not be sent any more
 * @param endedLines lines in these, refused ones too
 * @param refusedLines of those that ended, lines which the server will not store
 * @param heard what is to be kept of it
 */
record Settlement(
    boolean contested,
    boolean again,
    List<ReportName> ended,
    long endedLines,
    long refusedLines,
    Watermark heard) {

  Settlement {
    ended = List.copyOf(ended);
  }

  /**
   * Concludes.
   *
   * @param former what was known of the stream
   * @param tail the last sequence that was given in the stream
   * @param parcels the stream's outstanding reports
   * @param askedAt when the word was asked for
   * @param answered the report that it is the answer to; null: it was asked for by itself
   */
  static Settlement of(
      Acknowledgement word,
      Watermark former,
      long tail,
      Collection<Parcel> parcels,
      long askedAt,
      @Nullable ReportName answered) {
    boolean contested = former.contested() || speaksOfOthers(word, tail);
    boolean again =
        former.storeEpoch() != null
            && (!former.storeEpoch().equals(word.storeEpoch())
                || word.contiguous() < former.contiguous());
    List<ReportName> ended = new ArrayList<>();
    long endedLines = 0;
    long refusedLines = 0;
    for (Parcel parcel : parcels) {
      ReportName name = parcel.name();
      boolean itself = name.equals(answered);
      boolean settled =
          contested
              ? itself
              : (itself || parcel.sentBefore(askedAt)) && word.settles(name.first(), name.last());
      if (settled) {
        ended.add(name);
        endedLines += parcel.report().lines();
        refusedLines += parcel.report().gap() ? 0 : refused(word, name);
      }
    }
    Watermark heard = former.heard(word.contiguous(), word.storeEpoch(), contested);
    return new Settlement(contested, again, ended, endedLines, refusedLines, heard);
  }

  /** Whether the server knows of lines in this stream that are not this agent's. */
  static boolean speaksOfOthers(Acknowledgement word, long tail) {
    return word.fork() != null || highest(word) > tail;
  }

  /** The highest sequence that the server knows of. */
  static long highest(Acknowledgement word) {
    long highest = word.contiguous();
    for (Range range : word.received()) {
      highest = Math.max(highest, range.last());
    }
    for (RefusedRange refused : word.refused()) {
      highest = Math.max(highest, refused.range().last());
    }
    return highest;
  }

  private static long refused(Acknowledgement word, ReportName name) {
    long lines = 0;
    for (RefusedRange refused : word.refused()) {
      long first = Math.max(name.first(), refused.range().first());
      long last = Math.min(name.last(), refused.range().last());
      lines += Math.max(0, last - first + 1);
    }
    return lines;
  }
}
