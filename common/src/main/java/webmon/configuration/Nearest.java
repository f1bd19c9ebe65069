package webmon.configuration;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which known word was meant by an unknown one. */
public final class Nearest {
  private static final int LONGEST = 64;

  private Nearest() {}

  /** The known word with the fewest edits, if they are few for its length; else null. */
  public static @Nullable String to(String word, Collection<String> known) {
    if (word.length() > LONGEST) {
      return null;
    }
    String plain = word.toLowerCase(Locale.ROOT).replace('-', '_');
    String nearest = null;
    int fewest = Integer.MAX_VALUE;
    for (String candidate : known) {
      int edits = edits(plain, candidate);
      if (edits < fewest
          && edits <= Math.max(1, Math.max(plain.length(), candidate.length()) / 3)) {
        nearest = candidate;
        fewest = edits;
      }
    }
    return nearest;
  }

  /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
  static int edits(String from, String to) {
    int[][] cost = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int replaced = cost[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        cost[i][j] = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[from.length()][to.length()];
  }
}
