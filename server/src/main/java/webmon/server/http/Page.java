package webmon.server.http;

import java.util.List;
import java.util.function.Function;
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

  /**
   * A page of items of which one more was asked for than fits, to know whether there is a next.
   *
   * @param position of an item, from which the next page goes on
   */
  public static <T> Page<T> of(List<T> oneMore, int limit, Function<T, String> position) {
    if (oneMore.size() <= limit) {
      return new Page<>(oneMore, null);
    }
    List<T> items = oneMore.subList(0, limit);
    return new Page<>(items, Query.cursorOf(position.apply(items.getLast())));
  }
}
