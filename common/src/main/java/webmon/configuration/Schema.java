package webmon.configuration;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The declaration of a table.
 *
 * @param repeated written {@code [[name]]}, any number of times
 */
record Schema(
    String name, boolean repeated, Section section, String description, List<Key<?>> keys) {

  Schema {
    keys = List.copyOf(keys);
  }

  /** As people write it in a file. */
  String written() {
    return repeated ? "[[" + name + "]]" : "[" + name + "]";
  }

  @Nullable Key<?> key(String key) {
    return byName().get(key);
  }

  List<String> names() {
    return keys.stream().<String>map(Key::name).toList();
  }

  private Map<String, Key<?>> byName() {
    return keys.stream().collect(Collectors.toMap(Key::name, Function.identity()));
  }
}
