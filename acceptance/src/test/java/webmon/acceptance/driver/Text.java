package webmon.acceptance.driver;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What people would copy out of a command's answer. */
final class Text {
  private static final Pattern API_KEY = Pattern.compile("wm_[0-9A-Za-z]+_[0-9A-Za-z_-]+");

  private Text() {}

  static String apiKey(String text) {
    return first(API_KEY, text);
  }

  /** The line or lines of a TOML text that begin with this key. */
  static String entry(String key, String toml) {
    Pattern array =
        Pattern.compile("^" + key + " = \\[\\n.*?^\\]$", Pattern.MULTILINE | Pattern.DOTALL);
    Matcher matcher = array.matcher(toml);
    return matcher.find()
        ? matcher.group()
        : first(Pattern.compile("^" + key + " = .*$", Pattern.MULTILINE), toml);
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new AssertionError("no " + pattern + " in: " + text);
    }
    return matcher.group();
  }
}
