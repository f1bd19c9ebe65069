package webmon.configuration;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides secrets in texts that leave this process or that people read: the values which came into
 * the configuration by {@code ${…}}, the user info of every URL, and the values of query parameters
 * whose name says that they are secret. Values under four characters are let through, since hiding
 * them would make every text unreadable and protect nothing.
 */
public final class Masking {
  /** What stands for a secret. */
  public static final String MASK = "***";

  /** Knows no value: hides user info and query parameters only. */
  public static final Masking NONE = new Masking(List.of());

  private static final int FEWEST_CHARACTERS = 4;
  private static final Pattern USER_INFO = Pattern.compile("://[^/?#\\s\"'<>]*@");
  private static final Pattern PARAMETER =
      Pattern.compile("([?&;])([^=&;#\\s?/]{1,64})=([^&#\\s\"'<>]+)");
  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "key|sig|auth|jwt|session|sid|.*(?:token|secret|passw|pwd|apikey|api[_-]key"
              + "|access[_-]?key|signature|credential|authorization).*");

  private final SortedSet<String> secrets;
  private final List<String> longestFirst;

  private Masking(Collection<String> secrets) {
    this.secrets = Collections.unmodifiableSortedSet(new TreeSet<>(secrets));
    Set<String> forms = new TreeSet<>();
    for (String secret : secrets) {
      if (secret.length() >= FEWEST_CHARACTERS) {
        forms.add(secret);
        forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
      }
    }
    this.longestFirst =
        forms.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
  }

  static Masking of(Collection<String> secrets) {
    return new Masking(secrets);
  }

  /** The text with its secrets as {@value #MASK}. */
  public String mask(String text) {
    String hidden = USER_INFO.matcher(hide(text)).replaceAll("://" + MASK + "@");
    return PARAMETER.matcher(hidden).replaceAll(Masking::parameter);
  }

  /** The text without the known values; everything else is left as it is. */
  String hide(String text) {
    String hidden = text;
    for (String value : longestFirst) {
      hidden = hidden.replace(value, MASK);
    }
    return hidden;
  }

  /** The known values. */
  SortedSet<String> secrets() {
    return secrets;
  }

  private static String parameter(MatchResult found) {
    String name = found.group(2);
    boolean secret = SECRET_NAME.matcher(name.toLowerCase(Locale.ROOT)).matches();
    return Matcher.quoteReplacement(secret ? found.group(1) + name + "=" + MASK : found.group());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Masking masking && secrets.equals(masking.secrets);
  }

  @Override
  public int hashCode() {
    return secrets.hashCode();
  }

  @Override
  public String toString() {
    return "Masking[" + secrets.size() + " values]";
  }
}
