package webmon.configuration;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A string of the file after its {@code ${…}} were replaced.
 *
 * @param outside the positions of characters that came from the environment or from a file, and so
 *     may be secret; defaults are not among them, since they stand in the configuration file
 * @param replaced whether there was any {@code ${…}}
 */
record Filled(String text, BitSet outside, boolean replaced) {

  static Filled plain(String text) {
    return new Filled(text, new BitSet(), false);
  }

  boolean hasOutside() {
    return !outside.isEmpty();
  }

  /** The stretches from outside, at or after a position. */
  List<String> stretches(int from) {
    List<String> found = new ArrayList<>();
    int start = outside.nextSetBit(from);
    while (start >= 0) {
      int end = outside.nextClearBit(start);
      found.add(text.substring(start, end));
      start = outside.nextSetBit(end);
    }
    return found;
  }
}
