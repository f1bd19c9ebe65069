package webmon.configuration;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import webmon.monitor.MonitorDefinition;

/**
 * One {@code [[web_page]]} with all defaults applied: a monitor with its secrets, as only the agent
 * that checks it may hold it. Equal pages are checked in the same way, so a page that equals its
 * former self keeps its schedule. {@link #builder} makes one without a file.
 *
 * @param type {@code http}
 * @param url http or https, with a host in ASCII; secrets and user info are in it
 * @param maskedUrl what people and the wire may see of the URL
 * @param contentPatterns RE2 expressions, each to be found somewhere in the body; none: the body
 *     does not matter
 * @param expectedStatus in order, without overlaps, never empty
 * @param interval from one turn to the next
 * @param timeout the whole check's deadline, at most the interval
 * @param retryInterval to the next check until a change has settled, at most the interval
 * @param quorum {@code majority}, {@code any}, {@code all}, a number, or a percentage
 * @param masking hides the secrets of this page
 */
public record WebPage(
    String id,
    String name,
    String type,
    URI url,
    String maskedUrl,
    boolean enabled,
    List<String> contentPatterns,
    List<StatusRange> expectedStatus,
    Duration interval,
    Duration timeout,
    Duration retryInterval,
    int failureThreshold,
    int recoveryThreshold,
    String quorum,
    Map<String, String> tags,
    @Nullable String group,
    @Nullable String description,
    Masking masking) {

  public WebPage {
    contentPatterns = List.copyOf(contentPatterns);
    expectedStatus = List.copyOf(StatusRange.canonical(expectedStatus));
    tags = Map.copyOf(tags);
  }

  /** A page with every default, named and identified by its URL. */
  public static WebPageBuilder builder(String url) {
    return new WebPageBuilder(URI.create(url));
  }

  /** Whether the answer's status code is as it should be. */
  public boolean expects(int status) {
    return expectedStatus.stream().anyMatch(range -> range.contains(status));
  }

  /** What the agent declares of this page: no secret is in it. */
  public MonitorDefinition definition() {
    Map<String, Object> assertions = new TreeMap<>();
    assertions.put("expected_status", expectedStatus.stream().map(StatusRange::toString).toList());
    if (!contentPatterns.isEmpty()) {
      assertions.put("content_pattern", contentPatterns.stream().map(masking::hide).toList());
    }
    return new MonitorDefinition(
        id,
        name,
        type,
        maskedUrl,
        enabled,
        interval,
        timeout,
        retryInterval,
        failureThreshold,
        recoveryThreshold,
        quorum,
        tags,
        group,
        assertions);
  }

  /** Without the URL itself, since a page may end up in a log. */
  @Override
  public String toString() {
    return "WebPage[" + id + " " + maskedUrl + "]";
  }
}
