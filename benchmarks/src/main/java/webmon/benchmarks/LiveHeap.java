package webmon.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is left in the heap of a process after a full collection. */
record LiveHeap(long bytes) {
  // One line a generation (Serial, Parallel) or one in all (G1, ZGC).
  private static final Pattern USED =
      Pattern.compile(
          "(?:heap|generation|DefNew|Tenured|PSYoungGen|ParOldGen|ZHeap)\\s[^\\n]*?used (\\d+)([KMG])");

  static LiveHeap of(long pid) {
    jcmd(pid, "GC.run");
    return parse(jcmd(pid, "GC.heap_info"));
  }

  static LiveHeap parse(String heapInfo) {
    Matcher matcher = USED.matcher(heapInfo);
    long bytes = 0;
    while (matcher.find()) {
      int shift =
          switch (matcher.group(2)) {
            case "K" -> 10;
            case "M" -> 20;
            default -> 30;
          };
      bytes += Long.parseLong(matcher.group(1)) << shift;
    }
    if (bytes == 0) {
      throw new IllegalStateException("not understood: " + heapInfo);
    }
    return new LiveHeap(bytes);
  }

  private static String jcmd(long pid, String command) {
    try {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                  Long.toString(pid),
                  command)
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("jcmd " + command + ": " + said);
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return "%.1f MB".formatted(bytes / 1e6);
  }
}
