package webmon.acceptance.driver;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What people would copy out of a command's answer. */
final class Text {
  private static final Pattern API_KEY = Pattern.compile("wm_[0-9A-Za-z]+_[0-9A-Za-z_-]+");

  private Text() {}

  static String apiKey(JarProcess.Ended ended) {
    return first(API_KEY, ended);
  }

  /** The line or lines of a TOML text that begin with this key. */
  static String entry(String key, JarProcess.Ended ended) {
    Pattern array =
        Pattern.compile("^" + key + " = \\[\\n.*?^\\]$", Pattern.MULTILINE | Pattern.DOTALL);
    Matcher matcher = array.matcher(ended.out());
    return matcher.find()
        ? matcher.group()
        : first(Pattern.compile("^" + key + " = .*$", Pattern.MULTILINE), ended);
  }

  private static String first(Pattern pattern, JarProcess.Ended ended) {
    Matcher matcher = pattern.matcher(ended.out());
    if (ended.exitCode() != 0 || !matcher.find()) {
      throw new AssertionError("no " + pattern + " in " + ended);
    }
    return matcher.group();
  }
}
