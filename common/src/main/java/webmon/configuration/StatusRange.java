package webmon.configuration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** HTTP status codes that are good, both ends included. */
public record StatusRange(int first, int last) {
  static final int LEAST = 100;
  static final int MOST = 599;

  public StatusRange {
    if (first < LEAST || last > MOST || first > last) {
      throw new IllegalArgumentException("status " + first + "-" + last);
    }
  }

  public boolean contains(int status) {
    return first <= status && status <= last;
  }

  /** The same codes in as few ranges as there can be, in order. */
  static List<StatusRange> canonical(List<StatusRange> ranges) {
    List<StatusRange> merged = new ArrayList<>();
    for (StatusRange next :
        ranges.stream().sorted(Comparator.comparingInt(StatusRange::first)).toList()) {
      if (!merged.isEmpty() && next.first <= merged.getLast().last + 1) {
        StatusRange former = merged.removeLast();
        merged.add(new StatusRange(former.first, Math.max(former.last, next.last)));
      } else {
        merged.add(next);
      }
    }
    return merged;
  }

  /** As in the configuration file: {@code 200-299}, {@code 304}. */
  @Override
  public String toString() {
    return first == last ? Integer.toString(first) : first + "-" + last;
  }
}
