package webmon.configuration;

import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** One value of the file, where it stands, with its {@code ${…}} filled in. */
final class Value {
  private final Object raw;
  private final String key;
  private final @Nullable TomlPosition position;
  private final Privacy privacy;
  private final Context context;
  private final Set<String> secrets;
  private final @Nullable Filled filled;

  Value(
      Object raw,
      String key,
      @Nullable TomlPosition position,
      Privacy privacy,
      Context context,
      Set<String> secrets) {
    this.raw = raw;
    this.key = key;
    this.position = position;
    this.privacy = privacy;
    this.context = context;
    this.secrets = secrets;
    this.filled =
        raw instanceof String text ? context.substitution().fill(text, this::wrong) : null;
    remember();
  }

  private void remember() {
    Filled text = filled;
    if (text != null && privacy == Privacy.WHOLE) {
      secrets.add(text.text());
    } else if (text != null && privacy == Privacy.FILLED) {
      secrets.addAll(text.stretches(0));
    }
  }

  /** False if it is a string whose {@code ${…}} could not be filled in, which was told then. */
  boolean isWhole() {
    return filled != null || !(raw instanceof String);
  }

  Object raw() {
    return raw;
  }

  /** What the string says now; null if it is not a string. */
  @Nullable Filled filled() {
    return filled;
  }

  /** The string; null after a problem was told. */
  @Nullable String text() {
    if (filled == null) {
      return wrongType("a string");
    }
    return filled.text();
  }

  /**
   * What it is now, as the end of a sentence; empty where that might be a secret, for instance
   * because a wrong variable was named.
   */
  String shown() {
    Filled text = filled;
    if (text == null) {
      return ", is " + raw;
    }
    if (text.text().isEmpty()) {
      return ", is empty";
    }
    return mayBeShown() ? ", is \"" + text.text() + "\"" : "";
  }

  boolean mayBeShown() {
    return privacy != Privacy.WHOLE && (filled == null || !filled.hasOutside());
  }

  /** The elements of an array; a single value counts as an array of one. */
  List<Value> elements() {
    if (!(raw instanceof TomlArray array)) {
      return List.of(this);
    }
    List<Value> elements = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      elements.add(
          new Value(array.get(i), key, array.inputPositionOf(i), privacy, context, secrets));
    }
    return elements;
  }

  /** The values of a table by their names, in alphabetical order; null: it is not a table. */
  @Nullable SortedMap<String, Value> members() {
    if (!(raw instanceof TomlTable table)) {
      return wrongType("a table");
    }
    SortedMap<String, Value> members = new TreeMap<>();
    for (String name : table.keySet()) {
      Object member = table.get(List.of(name));
      if (member != null) {
        TomlPosition at = table.inputPositionOf(List.of(name));
        members.put(name, new Value(member, key + "." + name, at, privacy, context, secrets));
      }
    }
    return members;
  }

  /** Tells what is wrong with it; always null, so that it can be returned. */
  <T> @Nullable T wrong(String sentence) {
    context.problems().error(position, key, sentence);
    return null;
  }

  <T> @Nullable T wrongType(String allowed) {
    return wrong("must be " + allowed + ", is " + kind(raw));
  }

  static String kind(Object raw) {
    return switch (raw) {
      case String text -> "a string";
      case Long number -> "an integer";
      case Double number -> "a floating-point number";
      case Boolean truth -> "a boolean";
      case Temporal time -> "a date or time";
      case TomlArray array -> "an array";
      case TomlTable table -> "a table";
      default -> "something else";
    };
  }
}
