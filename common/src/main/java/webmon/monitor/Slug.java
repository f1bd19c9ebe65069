package webmon.monitor;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Ids that people can read, type and put into a URL: {@code [a-z0-9][a-z0-9._-]*}, at most 64. */
public final class Slug {
  public static final int MOST_CHARACTERS = 64;

  private static final Pattern VALID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern OTHERS = Pattern.compile("[^a-z0-9]+");
  private static final Pattern EDGES = Pattern.compile("^-+|-+$");

  private Slug() {}

  /**
   * The slug of a text: accents dropped, lower case, everything else a hyphen. Empty if nothing is
   * left (a name without any Latin letter or digit), upon which an id has to be given.
   */
  public static String of(String text) {
    String plain = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
    String hyphens = OTHERS.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll("-");
    String cut = hyphens.substring(0, Math.min(hyphens.length(), MOST_CHARACTERS + 1));
    String trimmed = EDGES.matcher(cut).replaceAll("");
    return EDGES
        .matcher(trimmed.substring(0, Math.min(trimmed.length(), MOST_CHARACTERS)))
        .replaceAll("");
  }

  public static boolean isValid(String id) {
    return VALID.matcher(id).matches();
  }
}
