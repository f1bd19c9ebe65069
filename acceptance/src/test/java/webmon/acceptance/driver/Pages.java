package webmon.acceptance.driver;

/** Web pages as a configuration file lists them. */
public final class Pages {
  private Pages() {}

  /** A page that is checked every second for a pattern. */
  public static String page(String name, String url, String pattern) {
    return """
    [[web_page]]
    name = "%s"
    url = "%s"
    content_pattern = '%s'
    interval = 1
    retry_interval = 1
    timeout = "900ms"

    """
        .formatted(name, url, pattern);
  }

  /** The same page, known but no longer checked: its agent has nothing to write. */
  public static String paused(String name, String url) {
    return """
    [[web_page]]
    name = "%s"
    url = "%s"
    enabled = false

    """
        .formatted(name, url);
  }
}
