package webmon.server.agents;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.StringJoiner;
import webmon.report.Acknowledgement.Range;

/**
 * A set of sequences, as ascending ranges that do not touch. Written and read as PostgreSQL's
 * {@code int8multirange}.
 */
public record SequenceRanges(List<Range> ranges) {
  /** No sequence is greater, so that every reader of JSON can take it. */
  public static final long GREATEST = (1L << 53) - 1;

  public static final SequenceRanges NONE = new SequenceRanges(List.of());

  public SequenceRanges {
    ranges = List.copyOf(ranges);
  }

  public static SequenceRanges of(long first, long last) {
    return new SequenceRanges(List.of(new Range(first, last)));
  }

  /** Reads PostgreSQL's canonical form, for instance <code>{[1,6),[8,9)}</code>. */
  public static SequenceRanges parse(String multirange) {
    List<Range> ranges = new ArrayList<>();
    String inner = multirange.substring(1, multirange.length() - 1);
    if (!inner.isEmpty()) {
      for (String range : inner.split("(?<=\\)),", -1)) {
        int comma = range.indexOf(',');
        ranges.add(
            new Range(
                Long.parseLong(range.substring(1, comma)),
                Long.parseLong(range.substring(comma + 1, range.length() - 1)) - 1));
      }
    }
    return new SequenceRanges(ranges);
  }

  public SequenceRanges plus(long first, long last) {
    return plus(of(first, last));
  }

  public SequenceRanges plus(SequenceRanges others) {
    List<Range> all = new ArrayList<>(ranges);
    all.addAll(others.ranges);
    all.sort(Comparator.comparingLong(Range::first));
    List<Range> merged = new ArrayList<>();
    for (Range range : all) {
      if (!merged.isEmpty() && range.first() <= merged.getLast().last() + 1) {
        Range former = merged.removeLast();
        merged.add(new Range(former.first(), Math.max(former.last(), range.last())));
      } else {
        merged.add(range);
      }
    }
    return new SequenceRanges(merged);
  }

  public SequenceRanges minus(SequenceRanges others) {
    List<Range> left = new ArrayList<>();
    for (Range range : ranges) {
      long next = range.first();
      for (Range other : others.ranges) {
        if (other.last() >= next && other.first() <= range.last()) {
          if (other.first() > next) {
            left.add(new Range(next, other.first() - 1));
          }
          next = other.last() + 1;
        }
      }
      if (next <= range.last()) {
        left.add(new Range(next, range.last()));
      }
    }
    return new SequenceRanges(left);
  }

  public SequenceRanges and(SequenceRanges others) {
    return minus(minus(others));
  }

  /** Those less than this one. */
  public SequenceRanges below(long sequence) {
    return sequence <= 1 ? NONE : and(of(1, sequence - 1));
  }

  public boolean overlaps(long first, long last) {
    return ranges.stream().anyMatch(range -> range.first() <= last && first <= range.last());
  }

  public boolean isEmpty() {
    return ranges.isEmpty();
  }

  /** All from 1 to this one are in the set; 0 if 1 is not. */
  public long contiguous() {
    return isEmpty() || ranges.getFirst().first() > 1 ? 0 : ranges.getFirst().last();
  }

  /** The least; 0 of the empty set. */
  public long least() {
    return isEmpty() ? 0 : ranges.getFirst().first();
  }

  /** The greatest; 0 of the empty set. */
  public long greatest() {
    return isEmpty() ? 0 : ranges.getLast().last();
  }

  /** What is missing between 1 and the greatest. */
  public SequenceRanges missing() {
    return isEmpty() ? NONE : of(1, greatest()).minus(this);
  }

  /** How many sequences are in it. */
  public long count() {
    return ranges.stream().mapToLong(range -> range.last() - range.first() + 1).sum();
  }

  /** PostgreSQL's form. */
  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(",", "{", "}");
    for (Range range : ranges) {
      text.add("[" + range.first() + "," + (range.last() + 1) + ")");
    }
    return text.toString();
  }
}
