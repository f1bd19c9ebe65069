package webmon.configuration;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import webmon.monitor.Slug;

/**
 * Makes a {@link WebPage} without a file: for {@code check URL} and for tests. What is not set has
 * the default of the configuration file; nothing is checked here.
 */
public final class WebPageBuilder {
  private final URI url;
  private String id;
  private String name;
  private boolean enabled = true;
  private List<String> contentPatterns = List.of();
  private List<StatusRange> expectedStatus = List.of(new StatusRange(200, 299));
  private Duration interval = Duration.ofSeconds(60);
  private Duration timeout = Duration.ofSeconds(10);
  private Duration retryInterval = Duration.ofSeconds(10);
  private int failureThreshold = 2;
  private int recoveryThreshold = 2;
  private String quorum = "majority";
  private Map<String, String> tags = Map.of();
  private @Nullable String group;
  private @Nullable String description;

  WebPageBuilder(URI url) {
    this.url = url;
    this.name = nameOf(Masking.NONE.mask(url.toString()));
    this.id = Slug.of(name);
  }

  /** Host and path of a masked URL. */
  static String nameOf(String maskedUrl) {
    String rest = maskedUrl.substring(maskedUrl.indexOf("://") + 3).replaceFirst("[?#].*", "");
    String shown = rest.substring(rest.indexOf('@') + 1);
    String cut = shown.endsWith("/") ? shown.substring(0, shown.length() - 1) : shown;
    return cut.length() > ValueTypes.LONGEST_LINE ? cut.substring(0, ValueTypes.LONGEST_LINE) : cut;
  }

  public WebPageBuilder id(String value) {
    id = value;
    return this;
  }

  /** Sets the id too, to the slug of the name; a different {@link #id} is set after it. */
  public WebPageBuilder name(String value) {
    name = value;
    id = Slug.of(value);
    return this;
  }

  public WebPageBuilder enabled(boolean value) {
    enabled = value;
    return this;
  }

  public WebPageBuilder contentPatterns(String... values) {
    contentPatterns = List.of(values);
    return this;
  }

  public WebPageBuilder expectedStatus(StatusRange... values) {
    expectedStatus = List.of(values);
    return this;
  }

  public WebPageBuilder interval(Duration value) {
    interval = value;
    return this;
  }

  public WebPageBuilder timeout(Duration value) {
    timeout = value;
    return this;
  }

  public WebPageBuilder retryInterval(Duration value) {
    retryInterval = value;
    return this;
  }

  public WebPageBuilder thresholds(int failure, int recovery) {
    failureThreshold = failure;
    recoveryThreshold = recovery;
    return this;
  }

  public WebPageBuilder quorum(String value) {
    quorum = value;
    return this;
  }

  public WebPageBuilder tags(Map<String, String> value) {
    tags = value;
    return this;
  }

  public WebPageBuilder group(@Nullable String value) {
    group = value;
    return this;
  }

  public WebPageBuilder description(@Nullable String value) {
    description = value;
    return this;
  }

  public WebPage build() {
    return new WebPage(
        id,
        name,
        "http",
        url,
        Masking.NONE.mask(url.toString()),
        enabled,
        contentPatterns,
        expectedStatus,
        interval,
        timeout,
        retryInterval,
        failureThreshold,
        recoveryThreshold,
        quorum,
        tags,
        group,
        description,
        Masking.NONE);
  }
}
