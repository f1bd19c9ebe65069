package webmon.acceptance.driver;

/** Web pages as a configuration file lists them. */
public final class Pages {
  private Pages() {}

  /** A page that is checked every second for a pattern. */
  public static String page(String name, String url, String pattern) {
    return page(name, url, pattern, 1);
  }

  /** Likewise with more time, for a test to which it matters that a good page is found good. */
  public static String patient(String name, String url, String pattern) {
    return page(name, url, pattern, 2);
  }

  private static String page(String name, String url, String pattern, int seconds) {
    return """
    [[web_page]]
    name = "%s"
    url = "%s"
    content_pattern = '%s'
    interval = %d
    timeout = %d
    retry_interval = 1
    recovery_threshold = 1

    """
        .formatted(name, url, pattern, seconds, seconds);
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
