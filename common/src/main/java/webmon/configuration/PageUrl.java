package webmon.configuration;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A URL of the file, and the same as people may see it: user info, the values of secret query
 * parameters, and whatever came by {@code ${…}} after the host are masked. Host and port are shown
 * wherever they came from, since a monitor that does not say where it looks is of no use.
 *
 * @param secrets stretches that must not be shown elsewhere either
 */
record PageUrl(URI url, String masked, List<String> secrets) {
  /** Stands for a URL that is missing, of which a problem was told. */
  static final URI NOWHERE = URI.create("http://0.0.0.0/");

  /** A shorter stretch of a path is rather a word than a secret: hiding it would spoil texts. */
  private static final int SHORTEST_SECRET = 8;

  private static final int LONGEST = 4_000;
  private static final Pattern SHAPE =
      Pattern.compile("(https?)://([^/?#]*)(.*)", Pattern.CASE_INSENSITIVE);
  private static final Pattern BARE = Pattern.compile("[A-Za-z0-9.-]+\\.[A-Za-z]+(?:/[^@]*)?");
  private static final Pattern HOST = Pattern.compile("[a-z0-9_](?:[a-z0-9._-]{0,252})");
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]+]");

  static final ValueType<PageUrl> TYPE =
      new ValueType<>("an http or https URL with a host", PageUrl::read);

  /** A server's or a queue's: no user info, and what comes after the host is no secret. */
  static final ValueType<URI> ADDRESS =
      new ValueType<>(
          TYPE.allowed(),
          value -> {
            PageUrl read = read(value);
            if (read == null) {
              return null;
            }
            String authority = read.url.getRawAuthority();
            if (authority.indexOf('@') >= 0
                || read.url.getRawQuery() != null
                || read.url.getRawFragment() != null) {
              return value.wrong("must be a URL without user info, query and fragment");
            }
            String text = read.url.toString();
            return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : read.url;
          });

  PageUrl {
    secrets = List.copyOf(secrets);
  }

  private static @Nullable PageUrl read(Value value) {
    String text = value.text();
    Filled filled = value.filled();
    if (text == null || filled == null) {
      return null;
    }
    Matcher shape = SHAPE.matcher(text);
    if (text.length() > LONGEST) {
      return value.wrong("must not be longer than " + LONGEST + " characters");
    }
    if (!shape.matches()) {
      String meant =
          BARE.matcher(text).matches() && !filled.hasOutside()
              ? "; did you mean \"https://" + text + "\"?"
              : "";
      return value.wrong("must be a URL that begins with http:// or https://" + meant);
    }
    String authority = shape.group(2);
    int at = authority.lastIndexOf('@');
    String user = at < 0 ? "" : authority.substring(0, at + 1);
    String host = asciiHost(authority.substring(at + 1));
    if (host.isEmpty()) {
      return value.wrong(
          "must be a URL with a valid host, and a port from 1 to 65535 if there is one");
    }
    String start = shape.group(1).toLowerCase(Locale.ROOT) + "://";
    URI url;
    try {
      url = new URI(start + user + host + shape.group(3));
    } catch (URISyntaxException e) {
      return value.wrong(
          "must be a valid URL: "
              + e.getReason()
              + "; write such characters percent-encoded, a space as %20");
    }
    int rest = shape.start(3);
    List<String> secrets = new ArrayList<>(filled.stretches(rest));
    secrets.removeIf(secret -> secret.length() < SHORTEST_SECRET);
    if (!user.isEmpty()) {
      String credentials = user.substring(0, user.length() - 1);
      secrets.add(credentials);
      secrets.add(credentials.substring(credentials.indexOf(':') + 1));
    }
    String shown = start + (user.isEmpty() ? "" : Masking.MASK + "@") + host;
    return new PageUrl(url, Masking.NONE.mask(shown + masked(filled, rest)), secrets);
  }

  /** From a position on; a slash at the beginning stays, for the look of it. */
  private static String masked(Filled filled, int from) {
    StringBuilder shown = new StringBuilder();
    boolean hidden = false;
    for (int i = from; i < filled.text().length(); i++) {
      char c = filled.text().charAt(i);
      boolean hide = filled.outside().get(i) && !(i == from && c == '/');
      if (!hide) {
        shown.append(c);
      } else if (!hidden) {
        shown.append(Masking.MASK);
      }
      hidden = hide;
    }
    return shown.toString();
  }

  /** Host and port with the host in ASCII and lower case; empty if they are not valid. */
  private static String asciiHost(String hostAndPort) {
    int end = hostAndPort.startsWith("[") ? hostAndPort.indexOf(']') + 1 : -1;
    int colon = end > 0 ? hostAndPort.indexOf(':', end) : hostAndPort.indexOf(':');
    String host = colon < 0 ? hostAndPort : hostAndPort.substring(0, colon);
    String port = colon < 0 ? "" : hostAndPort.substring(colon);
    if (!port.isEmpty() && !isPort(port.substring(1))) {
      return "";
    }
    try {
      String ascii = end > 0 ? host : IDN.toASCII(host, IDN.ALLOW_UNASSIGNED);
      String lower = ascii.toLowerCase(Locale.ROOT);
      boolean good =
          end > 0
              ? IPV6.matcher(lower).matches()
              : HOST.matcher(lower).matches() && !lower.contains("..");
      return good ? lower + port : "";
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  static boolean isPort(String text) {
    if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return false;
    }
    int port = Integer.parseInt(text);
    return port >= 1 && port <= 65_535;
  }
}
