package webmon.configuration;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import webmon.monitor.Slug;

/** The types of values that keys share. */
final class ValueTypes {
  static final int LONGEST_LINE = 200;
  private static final int LONGEST_PATTERN = 4_000;
  private static final int MOST_TAGS = 50;

  private static final java.util.regex.Pattern TAG =
      java.util.regex.Pattern.compile("[A-Za-z0-9._-]{1,64}");

  /** A value that this version does not look at. */
  static final ValueType<Object> ANYTHING = new ValueType<>("anything", Value::raw);

  static final ValueType<String> TEXT = new ValueType<>("a string", Value::text);

  /** What is shown to people in one line. */
  static final ValueType<String> LINE =
      matching(
          "one line of at most " + LONGEST_LINE + " characters",
          text ->
              !text.isBlank()
                  && text.length() <= LONGEST_LINE
                  && text.codePoints().noneMatch(Character::isISOControl));

  static final ValueType<String> SLUG =
      matching(
          "lower-case letters, digits, '.', '_' and '-', beginning with a letter or digit, at most "
              + Slug.MOST_CHARACTERS,
          Slug::isValid);

  static final ValueType<String> FILLED_TEXT =
      matching("a string that is not empty", text -> !text.isBlank());

  static final ValueType<Secret> SECRET =
      new ValueType<>(
          FILLED_TEXT.allowed(),
          value -> {
            String text = FILLED_TEXT.reader().read(value);
            return text == null ? null : new Secret(text);
          });

  static final ValueType<Path> PATH =
      new ValueType<>(
          "the path of a file or folder",
          value -> {
            String text = value.text();
            if (text == null) {
              return null;
            }
            try {
              return text.isBlank()
                  ? value.<Path>wrong("must be the path of a file or folder, is empty")
                  : Path.of(text);
            } catch (InvalidPathException e) {
              return value.wrong("must be the path of a file or folder");
            }
          });

  /** One RE2 expression or several. */
  static final ValueType<List<String>> PATTERNS =
      new ValueType<>(
          "an RE2 regular expression, or an array of them",
          value -> list(value, ValueTypes::pattern));

  static final ValueType<Map<String, String>> TAGS =
      new ValueType<>(
          "a table of strings, as in { team = \"web\" }",
          value -> {
            SortedMap<String, Value> members = value.members();
            if (members == null) {
              return null;
            }
            if (members.size() > MOST_TAGS) {
              return value.wrong("must not have more than " + MOST_TAGS + " tags");
            }
            Map<String, String> tags = new TreeMap<>();
            for (Map.Entry<String, Value> member : members.entrySet()) {
              Value tag = member.getValue();
              String text = tag.isWhole() ? LINE.reader().read(tag) : null;
              if (!TAG.matcher(member.getKey()).matches()) {
                tag.wrong("a tag's name must be letters, digits, '.', '_' and '-', at most 64");
              }
              if (text != null) {
                tags.put(member.getKey(), text);
              }
            }
            return tags;
          });

  private ValueTypes() {}

  /** A string with a condition; its words follow "must be". */
  static ValueType<String> matching(String allowed, Predicate<String> condition) {
    return new ValueType<>(
        allowed,
        value -> {
          String text = value.text();
          if (text == null || condition.test(text)) {
            return text;
          }
          return value.wrong("must be " + allowed + value.shown());
        });
  }

  /** One of some words. */
  static ValueType<String> choice(List<String> words) {
    return matching("\"" + String.join("\" or \"", words) + "\"", words::contains);
  }

  /** Every element, or null after a problem with any of them was told; an empty array is wrong. */
  static <T> @Nullable List<T> list(Value value, ValueType.Reader<T> element) {
    List<T> read = new ArrayList<>();
    List<Value> elements = value.elements();
    if (elements.isEmpty()) {
      return value.wrong("must not be empty: leave the key out instead");
    }
    boolean good = true;
    for (Value each : elements) {
      T one = each.isWhole() ? element.read(each) : null;
      if (one == null) {
        good = false;
      } else {
        read.add(one);
      }
    }
    return good ? read : null;
  }

  private static @Nullable String pattern(Value value) {
    String text = value.text();
    if (text == null) {
      return null;
    }
    if (text.isEmpty()) {
      return value.wrong("must not be empty: leave the key out instead");
    }
    if (text.length() > LONGEST_PATTERN) {
      return value.wrong("must not be longer than " + LONGEST_PATTERN + " characters");
    }
    try {
      return Pattern.compile(text).pattern();
    } catch (PatternSyntaxException e) {
      String detail = e.getPattern() == null || !value.mayBeShown() ? "" : " at " + e.getPattern();
      return value.wrong(
          "must be an RE2 regular expression (which has no look-around and no back-references): "
              + e.getDescription()
              + detail);
    }
  }
}
