package webmon.configuration;

import org.jspecify.annotations.Nullable;

/**
 * What a key may hold.
 *
 * @param allowed in words that follow "must be"
 * @param reader null after it told what is wrong
 */
record ValueType<T>(String allowed, Reader<T> reader) {

  /** Makes the value of the file one of ours. */
  interface Reader<T> {
    @Nullable T read(Value value);
  }
}
