package webmon.server.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list, as every list of the API comes.
 *
 * @param next what to hand back as parameter {@code next} for the following part; null at the end
 */
public record Page<T>(List<T> items, @Nullable String next) {
  public Page {
    items = List.copyOf(items);
  }
}
