package webmon.agent.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import webmon.configuration.Masking;

/** Heads of messages as people may see them: names, and values that are not secret. */
final class Headers {
  private static final Pattern SECRET =
      Pattern.compile(
          ".*(authorization|cookie|token|secret|password|api-?key|credential|signature|session).*");

  private static final int MOST_BYTES = 1_000;

  private Headers() {}

  static List<Exchange.Header> masked(okhttp3.Headers headers, Masking masking) {
    List<Exchange.Header> masked = new ArrayList<>(headers.size());
    for (int i = 0; i < headers.size(); i++) {
      String name = headers.name(i);
      boolean secret = SECRET.matcher(name.toLowerCase(Locale.ROOT)).matches();
      String value = secret ? Masking.MASK : masking.mask(headers.value(i));
      masked.add(new Exchange.Header(name, Excerpt.oneLine(value, MOST_BYTES)));
    }
    return masked;
  }
}
