package webmon.configuration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** One table of the file: hands out values by their keys, tells of keys nobody knows. */
final class Table {
  private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_-]+");
  private static final TomlTable NOTHING = Toml.parse("");

  private final Schema schema;
  private final TomlTable toml;
  private final @Nullable TomlPosition position;
  private final Context context;
  private final Set<String> secrets = new HashSet<>();

  Table(Schema schema, TomlTable toml, @Nullable TomlPosition position, Context context) {
    this.schema = schema;
    this.toml = toml;
    this.position = position;
    this.context = context;
  }

  /** As if the file had the table without any key in it. */
  static Table empty(Schema schema, Context context) {
    return new Table(schema, NOTHING, null, context);
  }

  /** Tells of every key that is unknown, or known to a later version only. */
  void checkKeys() {
    for (String name : toml.keySet()) {
      Key<?> key = schema.key(name);
      if (key == null) {
        context.problems().error(positionOf(name), path(name), unknown(name));
      } else if (key.later()) {
        context
            .problems()
            .warning(
                positionOf(name),
                path(name),
                "has no effect: a later version of webmon will know it");
      }
    }
  }

  private String unknown(String name) {
    Collection<String> others = KnownTables.having(name);
    if (!others.isEmpty()) {
      return "does not belong here, but into " + String.join(" or ", others);
    }
    String nearest = Nearest.to(name, schema.names());
    if (nearest != null) {
      return "is not known; did you mean \"" + nearest + "\"?";
    }
    return "is not known; allowed are " + String.join(", ", new TreeSet<>(schema.names()));
  }

  boolean has(Key<?> key) {
    return toml.contains(List.of(key.name()));
  }

  /** What the file gives; null if it gives nothing, or something wrong, which is told once. */
  <T> @Nullable T get(Key<T> key) {
    Object raw = toml.get(List.of(key.name()));
    if (raw == null) {
      return null;
    }
    Value value =
        new Value(raw, path(key.name()), positionOf(key.name()), key.privacy(), context, secrets);
    return value.isWhole() ? key.type().reader().read(value) : null;
  }

  /** What the file gives, else the key's default. */
  <T> T getOrStandard(Key<T> key) {
    T given = get(key);
    return given == null ? standard(key) : given;
  }

  /** What the file gives; tells of a problem if it does not. */
  <T> @Nullable T require(Key<T> key, String why) {
    if (!has(key)) {
      missing(key, "is missing" + why + ": add for instance " + key.name() + " = " + key.example());
    }
    return get(key);
  }

  /** The default of a key that has one: its declaration, read as if it stood in a file. */
  static <T> T standard(Key<T> key) {
    String toml = key.standard();
    if (toml == null) {
      throw new IllegalArgumentException(key.name() + " has no default");
    }
    Problems problems = new Problems("default of " + key.name());
    Context context = new Context(problems, new Substitution(name -> null, Path.of("")));
    Schema schema = new Schema("", false, Section.PAGES, "", List.of(key));
    T value = new Table(schema, Toml.parse(key.name() + " = " + toml), null, context).get(key);
    if (value == null) {
      throw new IllegalStateException(problems.inOrder().toString());
    }
    return value;
  }

  void wrong(Key<?> key, String sentence) {
    context.problems().error(positionOf(key.name()), path(key.name()), sentence);
  }

  /** A key that is not there, but must be. */
  void missing(Key<?> key, String sentence) {
    context.problems().missing(position, path(key.name()), sentence);
  }

  void doubtful(Key<?> key, String sentence) {
    context.problems().warning(positionOf(key.name()), path(key.name()), sentence);
  }

  /** A problem of the table as a whole. */
  void wrong(String sentence) {
    context.problems().missing(position, schema.name(), sentence);
  }

  /** The line on which the table begins; 0 if it stands nowhere. */
  int line() {
    return position == null ? 0 : position.line();
  }

  /** What must not be shown of the values read so far. */
  List<String> secrets() {
    return new ArrayList<>(secrets);
  }

  private @Nullable TomlPosition positionOf(String name) {
    TomlPosition at = toml.inputPositionOf(List.of(name));
    return at == null ? position : at;
  }

  private String path(String name) {
    String shown = BARE.matcher(name).matches() ? name : "\"" + name + "\"";
    return schema.name().isEmpty() ? shown : schema.name() + "." + shown;
  }
}
