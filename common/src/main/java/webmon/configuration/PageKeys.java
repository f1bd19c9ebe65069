package webmon.configuration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The keys of {@code [[web_page]]}, and those of them that {@code [defaults]} may hold too. */
final class PageKeys {
  private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);
  private static final Duration LONGEST_INTERVAL = Duration.ofHours(24);
  private static final Pattern STATUS = Pattern.compile("([1-5][0-9]{2})(?: ?- ?([1-5][0-9]{2}))?");
  private static final Pattern PERCENTAGE = Pattern.compile("([1-9][0-9]?|100)%");
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,2}");
  private static final String STATUS_ALLOWED =
      "a status from 100 to 599, or a range as in \"200-299\"";
  private static final String QUORUM_ALLOWED =
      "\"majority\", \"any\", \"all\", a number of regions from 1 to 999, or a percentage as in"
          + " \"60%\"";

  private static final ValueType<List<StatusRange>> STATUS_LIST =
      new ValueType<>(
          STATUS_ALLOWED + ", or an array of them",
          value -> ValueTypes.list(value, PageKeys::status));

  private static final ValueType<String> QUORUM_WORD =
      new ValueType<>(QUORUM_ALLOWED, PageKeys::quorum);

  static final Key<PageUrl> URL =
      Key.of("url", PageUrl.TYPE, "what is asked for", "\"https://example.com/\"");
  static final Key<String> NAME =
      Key.of("name", ValueTypes.LINE, "what people call it", "\"Example\"")
          .otherwise("host and path of the URL");
  static final Key<String> ID =
      Key.of(
              "id",
              ValueTypes.SLUG,
              "what programs call it, and what its history hangs on; no two pages share one",
              "\"example\"")
          .otherwise("made of the name");
  static final Key<String> TYPE =
      Key.of("type", new ValueType<>("\"http\"", PageKeys::type), "how it is checked", "\"http\"")
          .standard("\"http\"");
  static final Key<List<String>> CONTENT_PATTERN =
      Key.of(
              "content_pattern",
              ValueTypes.PATTERNS,
              "to be found anywhere in the body; of an array all of them",
              "\"Log in\"")
          .otherwise("the body does not matter")
          .hidden(Privacy.FILLED);
  static final Key<List<StatusRange>> EXPECTED_STATUS =
      Key.of("expected_status", STATUS_LIST, "the status codes that are good", "[\"200-299\", 304]")
          .standard("[\"200-299\"]");
  static final Key<Duration> INTERVAL =
      Key.of(
              "interval",
              Durations.between(SHORTEST_INTERVAL, LONGEST_INTERVAL),
              "from one check to the next",
              "\"5m\"")
          .standard("60");
  static final Key<Duration> TIMEOUT =
      Key.of(
              "timeout",
              Durations.between(Duration.ofMillis(10), LONGEST_INTERVAL),
              "when a check is given up; at most the interval",
              "\"2500ms\"")
          .standard("10");
  static final Key<Duration> RETRY_INTERVAL =
      Key.of(
              "retry_interval",
              Durations.between(SHORTEST_INTERVAL, LONGEST_INTERVAL),
              "to the next check after a failed one, until it is settled whether the page is down;"
                  + " at most the interval",
              "5")
          .standard("10");
  static final Key<Integer> FAILURE_THRESHOLD =
      Key.of(
              "failure_threshold",
              Numbers.integer(1, 100),
              "as many checks in a row must fail for a region to see the page down",
              "3")
          .standard("2");
  static final Key<Integer> RECOVERY_THRESHOLD =
      Key.of(
              "recovery_threshold",
              Numbers.integer(1, 100),
              "as many checks in a row must be good for a region to see it up again",
              "1")
          .standard("2");
  static final Key<String> QUORUM =
      Key.of("quorum", QUORUM_WORD, "how many regions must see the page down", "\"60%\"")
          .standard("\"majority\"");
  static final Key<Map<String, String>> TAGS =
      Key.of(
              "tags",
              ValueTypes.TAGS,
              "what it belongs to; those of [defaults] are added",
              "{ team = \"web\" }")
          .standard("{}");
  static final Key<String> GROUP =
      Key.of("group", ValueTypes.LINE, "under which heading it is shown", "\"Shop\"")
          .otherwise("under none");
  static final Key<Boolean> ENABLED =
      Key.of("enabled", Numbers.BOOLEAN, "false: known, but not checked", "false").standard("true");
  static final Key<String> DESCRIPTION =
      Key.of("description", ValueTypes.TEXT, "for people", "\"What customers see first.\"")
          .otherwise("none");

  private static final List<Key<?>> LATER =
      List.of(
          Key.later("method", "the HTTP method", "\"POST\""),
          Key.later("headers", "request headers", "{ Accept = \"text/html\" }"),
          Key.later("body", "what is sent", "\"ping\""),
          Key.later("basic_auth", "user and password", "{ user = \"u\", password = \"${P}\" }"),
          Key.later("bearer_token", "a token to send", "\"${TOKEN}\""),
          Key.later("oauth", "where a token is got", "{ token_url = \"https://example.com/t\" }"),
          Key.later("client_certificate", "for mutual TLS", "{ file = \"client.pem\" }"),
          Key.later("content_forbidden", "must not be in the body", "\"Exception\""),
          Key.later("header_pattern", "must match a header", "{ Server = \"nginx\" }"),
          Key.later("json", "what a JSON body says", "[{ path = \"$.status\", equals = \"ok\" }]"),
          Key.later("max_response_time", "slower is degraded", "\"2s\""),
          Key.later("follow_redirects", "whether to follow", "false"),
          Key.later("max_redirects", "how many to follow", "5"),
          Key.later("expected_location", "where it redirects to", "\"https://example.com/\""),
          Key.later("tls", "about certificates", "{ notice_days = [21, 7] }"),
          Key.later("proxy", "the way there", "\"http://proxy:3128\""),
          Key.later("ip_version", "4 or 6", "6"),
          Key.later("body_limit", "how much is read", "\"1MiB\""),
          Key.later("regions", "which regions check it", "[\"eu-north-1\"]"),
          Key.later("depends_on", "what it cannot be up without", "[\"gateway\"]"),
          Key.later("runbook", "what to do", "\"https://wiki.example.com/shop-down\""));

  static final Schema SCHEMA =
      new Schema(
          "web_page",
          true,
          Section.PAGES,
          "A page to watch.",
          and(
              List.of(
                  URL,
                  NAME,
                  ID,
                  TYPE,
                  CONTENT_PATTERN,
                  EXPECTED_STATUS,
                  INTERVAL,
                  TIMEOUT,
                  RETRY_INTERVAL,
                  FAILURE_THRESHOLD,
                  RECOVERY_THRESHOLD,
                  QUORUM,
                  TAGS,
                  GROUP,
                  ENABLED,
                  DESCRIPTION),
              LATER));

  static final Schema DEFAULTS =
      new Schema(
          "defaults",
          false,
          Section.PAGES,
          "What holds for every page that does not say otherwise.",
          and(
              List.of(
                  EXPECTED_STATUS,
                  INTERVAL,
                  TIMEOUT,
                  RETRY_INTERVAL,
                  FAILURE_THRESHOLD,
                  RECOVERY_THRESHOLD,
                  QUORUM,
                  TAGS,
                  GROUP,
                  ENABLED),
              LATER));

  private PageKeys() {}

  private static List<Key<?>> and(List<Key<?>> now, List<Key<?>> later) {
    List<Key<?>> all = new ArrayList<>(now);
    all.addAll(later);
    return all;
  }

  private static @Nullable String type(Value value) {
    String type = value.text();
    if (type == null || type.equals("http")) {
      return type;
    }
    return List.of("tcp", "tls", "dns").contains(type)
        ? value.wrong("must be \"http\": a later version of webmon will know \"" + type + "\"")
        : value.wrong("must be \"http\"" + value.shown());
  }

  private static @Nullable StatusRange status(Value value) {
    String text = value.raw() instanceof Double ? null : Numbers.written(value);
    if (text == null) {
      return value.wrongType(STATUS_ALLOWED);
    }
    var matcher = STATUS.matcher(text.strip());
    if (!matcher.matches()) {
      return value.wrong("must be " + STATUS_ALLOWED + value.shown());
    }
    int first = Integer.parseInt(matcher.group(1));
    int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
    return first > last
        ? value.wrong("must be a range from the smaller to the larger" + value.shown())
        : new StatusRange(first, last);
  }

  private static @Nullable String quorum(Value value) {
    String text = value.raw() instanceof Double ? null : Numbers.written(value);
    if (text == null) {
      return value.wrongType(QUORUM_ALLOWED);
    }
    return List.of("majority", "any", "all").contains(text)
            || NUMBER.matcher(text).matches()
            || PERCENTAGE.matcher(text).matches()
        ? text
        : value.wrong("must be " + QUORUM_ALLOWED + value.shown());
  }
}
