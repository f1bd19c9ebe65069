package webmon.agent.check;

import org.jspecify.annotations.Nullable;
import webmon.configuration.Masking;
import webmon.result.Observation;

/** The beginning of a text on one line, fit for a log. */
final class Excerpt {
  /** Masked before it is cut, so that no half of a secret is left over at the cut. */
  private static final int MOST_MASKED_CHARACTERS = 4 * Observation.MOST_EXCERPT_BYTES;

  private Excerpt() {}

  /** Null if there is nothing to see. */
  static @Nullable String of(String text, Masking masking) {
    String head = text.substring(0, Math.min(text.length(), MOST_MASKED_CHARACTERS));
    String line = oneLine(masking.mask(head), Observation.MOST_EXCERPT_BYTES);
    return line.isEmpty() ? null : line;
  }

  /**
   * Runs of white space and control characters as one space, cut on the border of a character.
   *
   * @param mostBytes of UTF-8
   */
  static String oneLine(String text, int mostBytes) {
    StringBuilder line = new StringBuilder(Math.min(text.length(), mostBytes));
    int bytes = 0;
    boolean gap = false;
    int i = 0;
    while (i < text.length()) {
      int character = text.codePointAt(i);
      i += Character.charCount(character);
      if (isGap(character)) {
        gap = !line.isEmpty();
        continue;
      }
      int shown = isSurrogate(character) ? 0xFFFD : character;
      int size = utf8Size(shown) + (gap ? 1 : 0);
      if (bytes + size > mostBytes) {
        break;
      }
      if (gap) {
        line.append(' ');
        gap = false;
      }
      line.appendCodePoint(shown);
      bytes += size;
    }
    return line.toString();
  }

  private static boolean isGap(int character) {
    return Character.isWhitespace(character)
        || switch (Character.getType(character)) {
          // Format characters turn the direction of a terminal's line around.
          case Character.CONTROL,
              Character.FORMAT,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR,
              Character.SPACE_SEPARATOR ->
              true;
          default -> false;
        };
  }

  private static boolean isSurrogate(int character) {
    return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
  }

  private static int utf8Size(int character) {
    if (character < 0x80) {
      return 1;
    }
    if (character < 0x800) {
      return 2;
    }
    return character < 0x10000 ? 3 : 4;
  }
}
