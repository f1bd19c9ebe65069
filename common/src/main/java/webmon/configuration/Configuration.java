package webmon.configuration;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a sound {@code config.toml} says, with all defaults applied and all {@code ${…}} filled in.
 * Two readings of an unchanged file are equal, and so are those pages of two readings that did not
 * change.
 *
 * @param report null: check and log only
 * @param server null: not a server's file
 * @param webPages in the order of the file, those with {@code enabled = false} among them
 * @param masking hides every secret of the file
 */
public record Configuration(
    AgentSettings agent,
    @Nullable ReportSettings report,
    @Nullable ServerSettings server,
    List<WebPage> webPages,
    Masking masking) {

  public Configuration {
    webPages = List.copyOf(webPages);
  }

  /** The same with other settings for reports: {@code up} brings its own server and queue. */
  public Configuration withReport(@Nullable ReportSettings other) {
    return new Configuration(agent, other, server, webPages, masking);
  }

  public Configuration withAgent(AgentSettings other) {
    return new Configuration(other, report, server, webPages, masking);
  }
}
