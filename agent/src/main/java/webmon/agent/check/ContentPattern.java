package webmon.agent.check;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * An RE2 expression that is searched anywhere in a text, in time linear in the text. An expression
 * that stands for one literal text is searched as such, which is much faster.
 */
public final class ContentPattern {
  private static final String SPECIAL = "\\.+*?()|[]{}^$";

  private final String expression;
  private final String literal;
  private final Pattern pattern;

  private ContentPattern(String expression, String literal, Pattern pattern) {
    this.expression = expression;
    this.literal = literal;
    this.pattern = pattern;
  }

  /**
   * The pattern of an expression.
   *
   * @throws IllegalArgumentException it is not RE2; the message says what is wrong with it
   */
  public static ContentPattern of(String expression) {
    try {
      return new ContentPattern(expression, literalOf(expression), Pattern.compile(expression));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(e.getDescription() + ": " + e.getPattern(), e);
    }
  }

  /** The only text an expression matches; empty where it could match others, or is empty itself. */
  private static String literalOf(String expression) {
    StringBuilder literal = new StringBuilder(expression.length());
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      if (c == '\\'
          && i + 1 < expression.length()
          && SPECIAL.indexOf(expression.charAt(i + 1)) >= 0) {
        i++;
        literal.append(expression.charAt(i));
      } else if (SPECIAL.indexOf(c) >= 0) {
        return "";
      } else {
        literal.append(c);
      }
    }
    return literal.toString();
  }

  boolean isFoundIn(String text) {
    return literal.isEmpty() ? pattern.matcher(text).find() : text.contains(literal);
  }

  boolean isLiteral() {
    return !literal.isEmpty();
  }

  @Override
  public String toString() {
    return expression;
  }
}
