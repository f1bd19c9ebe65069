package webmon.agent.resultlog;

import java.util.List;

/**
 * Consecutive lines that were read back.
 *
 * @param lines their bytes without line feeds; empty: nothing can be read of these sequences any
 *     more
 */
public record Chunk(long first, long last, List<byte[]> lines) {
  public Chunk {
    lines = List.copyOf(lines);
    if (!lines.isEmpty() && lines.size() != last - first + 1) {
      throw new IllegalArgumentException(lines.size() + " lines from " + first + " to " + last);
    }
  }

  public boolean lost() {
    return lines.isEmpty();
  }
}
