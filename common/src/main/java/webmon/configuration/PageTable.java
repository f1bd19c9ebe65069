package webmon.configuration;

import static webmon.configuration.PageKeys.CONTENT_PATTERN;
import static webmon.configuration.PageKeys.DESCRIPTION;
import static webmon.configuration.PageKeys.ENABLED;
import static webmon.configuration.PageKeys.EXPECTED_STATUS;
import static webmon.configuration.PageKeys.FAILURE_THRESHOLD;
import static webmon.configuration.PageKeys.GROUP;
import static webmon.configuration.PageKeys.ID;
import static webmon.configuration.PageKeys.INTERVAL;
import static webmon.configuration.PageKeys.NAME;
import static webmon.configuration.PageKeys.QUORUM;
import static webmon.configuration.PageKeys.RECOVERY_THRESHOLD;
import static webmon.configuration.PageKeys.RETRY_INTERVAL;
import static webmon.configuration.PageKeys.TAGS;
import static webmon.configuration.PageKeys.TIMEOUT;
import static webmon.configuration.PageKeys.TYPE;
import static webmon.configuration.PageKeys.URL;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import webmon.monitor.Slug;

/**
 * A {@code [[web_page]]}: what it says itself, else what {@code [defaults]} say, else what the keys
 * declare.
 */
final class PageTable {
  private final Table page;
  private final Table defaults;

  PageTable(Table page, Table defaults) {
    this.page = page;
    this.defaults = defaults;
  }

  /**
   * What could be read, whatever problems were told, since there may be more of them between pages.
   * Null if not even the id is known.
   */
  @Nullable WebPage read() {
    PageUrl url = page.require(URL, "");
    String given = page.get(NAME);
    String name = given != null ? given : url == null ? "" : WebPageBuilder.nameOf(url.masked());
    String id = id(name, url != null || given != null);
    List<String> patterns = page.get(CONTENT_PATTERN);
    String description = page.get(DESCRIPTION);
    Duration interval = value(INTERVAL);
    Duration timeout = withinInterval(TIMEOUT, interval);
    Duration retryInterval = withinInterval(RETRY_INTERVAL, interval);
    WebPage read =
        new WebPage(
            id == null ? "" : id,
            name,
            value(TYPE),
            url == null ? PageUrl.NOWHERE : url.url(),
            url == null ? "" : url.masked(),
            value(ENABLED),
            patterns == null ? List.of() : patterns,
            value(EXPECTED_STATUS),
            interval,
            timeout,
            retryInterval,
            value(FAILURE_THRESHOLD),
            value(RECOVERY_THRESHOLD),
            value(QUORUM),
            tags(),
            given(GROUP),
            description,
            Masking.of(secrets(url)));
    return id == null ? null : read;
  }

  /** What must not be shown, from this page alone. */
  private List<String> secrets(@Nullable PageUrl url) {
    List<String> secrets = page.secrets();
    secrets.addAll(url == null ? List.of() : url.secrets());
    return secrets;
  }

  private @Nullable String id(String name, boolean named) {
    if (page.has(ID)) {
      return page.get(ID);
    }
    String slug = Slug.of(name);
    if (slug.isEmpty() && named) {
      page.missing(
          ID,
          "is needed, since no id can be made of the name \""
              + name
              + "\": add for instance id = "
              + ID.example());
    }
    return slug.isEmpty() ? null : slug;
  }

  /** Those of the page win over those of the defaults with the same name. */
  private Map<String, String> tags() {
    Map<String, String> tags = new TreeMap<>();
    Map<String, String> common = defaults.get(TAGS);
    Map<String, String> own = page.get(TAGS);
    tags.putAll(common == null ? Map.of() : common);
    tags.putAll(own == null ? Map.of() : own);
    return tags;
  }

  private <T> @Nullable T given(Key<T> key) {
    T own = page.get(key);
    return own == null ? defaults.get(key) : own;
  }

  private <T> T value(Key<T> key) {
    T given = given(key);
    return given == null ? Table.standard(key) : given;
  }

  /** A default gives way to a short interval; what somebody wrote down does not. */
  private Duration withinInterval(Key<Duration> key, Duration interval) {
    Duration given = given(key);
    if (given == null) {
      Duration standard = Table.standard(key);
      return standard.compareTo(interval) > 0 ? interval : standard;
    }
    boolean intervalIsWrong =
        given(INTERVAL) == null && (page.has(INTERVAL) || defaults.has(INTERVAL));
    if (given.compareTo(interval) > 0 && !intervalIsWrong) {
      String than = "must not be longer than the interval of " + Durations.show(interval);
      if (page.has(key)) {
        page.wrong(key, than + ", is " + Durations.show(given));
      } else if (page.has(INTERVAL)) {
        page.wrong(
            INTERVAL,
            "must not be shorter than the "
                + key.name()
                + " of "
                + Durations.show(given)
                + " that [defaults] give: set a "
                + key.name()
                + " here too");
      } else {
        defaults.wrong(key, than + ", is " + Durations.show(given));
      }
    }
    return given;
  }

  /** Reads every default, so that a wrong one is told even if no page uses it. */
  static void checkDefaults(Table defaults) {
    for (Key<?> key : PageKeys.DEFAULTS.keys()) {
      if (!key.later()) {
        defaults.get(key);
      }
    }
  }

  /** Which of the pages share an id; told at the later one. */
  static void checkIds(List<WebPage> pages, List<Table> tables) {
    Map<String, Integer> lines = new TreeMap<>();
    for (int i = 0; i < pages.size(); i++) {
      WebPage page = pages.get(i);
      Table table = tables.get(i);
      Integer former = lines.putIfAbsent(page.id(), table.line());
      if (former != null) {
        table.wrong(
            table.has(ID) ? ID : table.has(NAME) ? NAME : URL,
            "gives the id \""
                + page.id()
                + "\", which the web_page on line "
                + former
                + " has already: give one of them another id");
      }
    }
  }
}
