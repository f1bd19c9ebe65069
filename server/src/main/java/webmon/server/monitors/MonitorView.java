package webmon.server.monitors;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import webmon.server.results.ResultView;

/**
 * A monitor as the API shows it.
 *
 * @param state of its newest results, or {@code paused} or {@code retired}
 * @param since since when it has been in this state, once that is decided; else null
 * @param conflict agents define it differently: another type, URL or other assertions
 */
public record MonitorView(
    String id,
    String name,
    String url,
    String type,
    String state,
    @Nullable Instant since,
    BigDecimal intervalS,
    @Nullable String group,
    Map<String, String> tags,
    boolean conflict,
    List<RegionView> regions) {

  /**
   * What one region says.
   *
   * @param last its newest result, by whichever agent
   */
  public record RegionView(String region, String state, ResultView last) {}

  public MonitorView {
    tags = Map.copyOf(tags);
    regions = List.copyOf(regions);
  }
}
