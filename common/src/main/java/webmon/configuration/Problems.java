package webmon.configuration;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlPosition;

/** Collects what is wrong with one file; each problem once. */
final class Problems {
  private static final int LONGEST_SENTENCE = 500;

  private final String file;
  private final Set<Problem> found = new LinkedHashSet<>();
  private boolean torn;

  Problems(String file) {
    this.file = file;
  }

  /** From now on nothing counts as missing, since it may be where the syntax is broken. */
  void tear() {
    torn = true;
  }

  void error(@Nullable TomlPosition position, String key, String sentence) {
    add(Problem.Severity.ERROR, position, key, sentence);
  }

  void warning(@Nullable TomlPosition position, String key, String sentence) {
    add(Problem.Severity.WARNING, position, key, sentence);
  }

  void missing(@Nullable TomlPosition position, String key, String sentence) {
    if (!torn) {
      error(position, key, sentence);
    }
  }

  boolean anyError() {
    return found.stream().anyMatch(Problem::isError);
  }

  List<Problem> inOrder() {
    return found.stream()
        .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
        .toList();
  }

  private void add(
      Problem.Severity severity, @Nullable TomlPosition position, String key, String sentence) {
    int line = position == null ? 0 : position.line();
    int column = position == null ? 0 : position.column();
    found.add(new Problem(severity, file, line, column, printable(key), printable(sentence)));
  }

  /** Bounded, on one line, and without control characters that a terminal would obey. */
  static String printable(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(LONGEST_SENTENCE)
        .forEach(c -> {
          switch (Character.getType(c)) {
            case Character.CONTROL,
                Character.FORMAT,
                Character.SURROGATE,
                Character.LINE_SEPARATOR,
                Character.PARAGRAPH_SEPARATOR ->
                shown.append(String.format("\\u%04x", c));
            default -> shown.appendCodePoint(c);
          }
        });
    return text.length() > LONGEST_SENTENCE ? shown + "…" : shown.toString();
  }
}
