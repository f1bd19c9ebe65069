package webmon.agent.report;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which lines a report is about; also the name of its file. */
record ReportName(String stream, long first, long last) {
  private static final Pattern FILE =
      Pattern.compile("([0-9a-f]{32})-([0-9]{1,18})-([0-9]{1,18})\\.jws");

  ReportName {
    if (first < 1 || last < first) {
      throw new IllegalArgumentException("sequences " + first + " to " + last);
    }
  }

  static Optional<ReportName> ofFile(String name) {
    Matcher matcher = FILE.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long first = Long.parseLong(matcher.group(2));
    long last = Long.parseLong(matcher.group(3));
    return first < 1 || last < first
        ? Optional.empty()
        : Optional.of(new ReportName(matcher.group(1), first, last));
  }

  String file() {
    return stream + "-" + first + "-" + last + ".jws";
  }

  long lines() {
    return last - first + 1;
  }

  /** Whether all of the other's sequences are among these, and more. */
  boolean covers(ReportName other) {
    return stream.equals(other.stream)
        && first <= other.first
        && other.last <= last
        && lines() > other.lines();
  }
}
