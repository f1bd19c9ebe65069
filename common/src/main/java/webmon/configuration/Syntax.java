package webmon.configuration;

import java.util.List;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseOptions;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;
import org.tomlj.TomlVersion;

/** TOML to tables; what is not TOML is told, and the rest is there all the same. */
final class Syntax {
  private static final int MOST_ERRORS = 100;
  private static final TomlParseOptions OPTIONS =
      TomlParseOptions.sourceless().withVersion(TomlVersion.V1_1_0);

  private Syntax() {}

  static TomlTable read(String text, Problems problems) {
    TomlParseResult toml;
    try {
      toml = Toml.parse(text, OPTIONS);
    } catch (RuntimeException e) {
      // tomlj 2.2.0 stumbles over a few texts that are not TOML instead of saying so.
      toml = beforeTheStumble(text, problems);
    }
    List<TomlParseError> errors = toml.errors();
    for (TomlParseError error : errors.subList(0, Math.min(errors.size(), MOST_ERRORS))) {
      String message = error.getMessage();
      problems.error(error.position(), "", message == null ? "is not TOML" : message);
    }
    if (errors.size() > MOST_ERRORS) {
      String more = (errors.size() - MOST_ERRORS) + " more lines are not TOML";
      problems.error(errors.get(MOST_ERRORS).position(), "", more);
    }
    if (!errors.isEmpty()) {
      problems.tear();
    }
    return toml;
  }

  /** As many lines as can be read, found by halving; tells of the one after them. */
  private static TomlParseResult beforeTheStumble(String text, Problems problems) {
    List<String> lines = text.lines().toList();
    TomlParseResult best = Toml.parse("");
    int good = 0;
    int bad = lines.size();
    while (bad - good > 1) {
      int middle = (good + bad) >>> 1;
      try {
        best = Toml.parse(String.join("\n", lines.subList(0, middle)) + "\n", OPTIONS);
        good = middle;
      } catch (RuntimeException e) {
        bad = middle;
      }
    }
    problems.tear();
    problems.error(
        TomlPosition.positionAt(bad, 1),
        "",
        "is not TOML: an array or a table that ends here is not written right");
    return best;
  }
}
