package webmon.configuration;

import org.jspecify.annotations.Nullable;

/**
 * The one declaration of a key: the reader follows it, and so does what is written about it.
 *
 * @param standard its default, as one would write it in the file; null if there is none
 * @param otherwise what holds without it, where that is not a value of its own
 * @param example a value as it stands in a file
 * @param later a later version acts on it, this one only knows that it is no mistake
 */
record Key<T>(
    String name,
    ValueType<T> type,
    Privacy privacy,
    @Nullable String standard,
    @Nullable String otherwise,
    String description,
    String example,
    boolean later) {

  static <T> Key<T> of(String name, ValueType<T> type, String description, String example) {
    return new Key<>(name, type, Privacy.OPEN, null, null, description, example, false);
  }

  /** A key whose value this version does not look at. */
  static Key<Object> later(String name, String description, String example) {
    return new Key<>(
        name, ValueTypes.ANYTHING, Privacy.WHOLE, null, null, description, example, true);
  }

  Key<T> standard(String toml) {
    return new Key<>(name, type, privacy, toml, otherwise, description, example, later);
  }

  Key<T> otherwise(String words) {
    return new Key<>(name, type, privacy, standard, words, description, example, later);
  }

  Key<T> hidden(Privacy how) {
    return new Key<>(name, type, how, standard, otherwise, description, example, later);
  }
}
