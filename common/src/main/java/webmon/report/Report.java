package webmon.report;

import java.util.List;

/**
 * A batch of consecutive result-log lines, or a declared gap.
 *
 * @param lines the log's bytes without line feeds, as many as the header says; not to be changed
 */
public record Report(ReportHeader header, List<byte[]> lines) {
  public Report {
    lines = List.copyOf(lines);
    if (lines.size() != header.lines()) {
      throw new IllegalArgumentException(
          lines.size() + " lines where the header says " + header.lines());
    }
  }
}
