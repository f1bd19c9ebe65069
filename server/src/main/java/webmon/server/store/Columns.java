package webmon.server.store;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * Rows turned into one array a column, for statements that take them by {@code unnest}: one round
 * trip and one plan, however many rows.
 */
public final class Columns<T> {
  private final List<T> rows;
  private final Map<String, Argument> arrays = new LinkedHashMap<>();

  private Columns(Collection<T> rows) {
    this.rows = List.copyOf(rows);
  }

  public static <T> Columns<T> of(Collection<T> rows) {
    return new Columns<>(rows);
  }

  public Columns<T> int8(String name, Function<T, @Nullable Long> value) {
    return column(name, "int8", value);
  }

  public Columns<T> int4(String name, Function<T, @Nullable Integer> value) {
    return column(name, "int4", value);
  }

  public Columns<T> text(String name, Function<T, @Nullable String> value) {
    return column(name, "text", value);
  }

  public Columns<T> flag(String name, Function<T, @Nullable Boolean> value) {
    return column(name, "bool", value);
  }

  public Columns<T> time(String name, Function<T, @Nullable Instant> value) {
    return column(name, "timestamptz", value);
  }

  /** Bytes, given as hex digits. */
  public Columns<T> hex(String name, Function<T, @Nullable String> value) {
    return column(
        name,
        "bytea",
        row -> {
          String hex = value.apply(row);
          return hex == null ? null : "\\x" + hex;
        });
  }

  /** Binds the arrays under the columns' names. */
  public <S extends SqlStatement<S>> S bindTo(Supplier<S> statement) {
    S bound = statement.get();
    arrays.forEach(bound::bind);
    return bound;
  }

  private Columns<T> column(
      String name, String type, Function<T, ? extends @Nullable Object> value) {
    @Nullable Object[] elements = new @Nullable Object[rows.size()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = value.apply(rows.get(i));
    }
    arrays.put(
        name,
        (position, statement, context) ->
            statement.setArray(position, statement.getConnection().createArrayOf(type, elements)));
    return this;
  }
}
