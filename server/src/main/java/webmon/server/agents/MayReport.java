package webmon.server.agents;

import java.util.List;

/** Which monitors an agent may report: patterns of monitor ids, {@code *} for any characters. */
public record MayReport(List<String> patterns) {
  public static final MayReport EVERYTHING = new MayReport(List.of("*"));

  public MayReport {
    patterns = List.copyOf(patterns);
  }

  public boolean allows(String monitor) {
    return patterns.stream().anyMatch(pattern -> matches(pattern, monitor));
  }

  /** Linear but for one step back to the last star: no pattern is expensive. */
  private static boolean matches(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = t;
      } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
