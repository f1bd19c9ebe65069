package webmon.server.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import webmon.result.Status;
import webmon.server.store.Rows;

/** Rows of {@code check_result} with all that belongs to them, as results. */
final class ResultRows {
  /** To be followed by where the rows r come from. */
  static final String COLUMNS =
      """
      select m.slug, a.name as agent, a.region, s.stream, r.sequence, r.at, r.status::text as status,
             r.monitor_id, r.stream_id, r.http_status, k.code as kind, d.message, d.address,
             d.certificate_expires_at, d.content_matched, d.hops::text as hops, d.excerpt,
             coalesce(d.count, 1) as count, coalesce(d.clock_stepped, false) as clock_stepped,
             coalesce(d.due_offset_us, r.due_offset_us) as due_offset_us,
             coalesce(d.duration_us, r.duration_us) as duration_us,
             coalesce(d.dns_us, r.dns_us) as dns_us,
             coalesce(d.connect_us, r.connect_us) as connect_us,
             coalesce(d.tls_us, r.tls_us) as tls_us,
             coalesce(d.wait_us, r.wait_us) as wait_us,
             coalesce(d.transfer_us, r.transfer_us) as transfer_us
      """;

  /** To be followed by conditions on r, s and a. */
  static final String JOINS =
      """
        join monitor m using (monitor_id)
        join stream s using (stream_id)
        join agent a using (agent_id)
        left join result_detail d using (detail_id)
        left join failure_kind k using (kind)
      """;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ResultRows() {}

  static ResultView view(ResultSet row) throws SQLException {
    Instant at = Objects.requireNonNull(Rows.instant(row, "at")).truncatedTo(ChronoUnit.MICROS);
    Status status = status(row.getString("status"));
    String kind = row.getString("kind");
    String message = row.getString("message");
    return new ResultView(
        row.getString("slug"),
        row.getString("agent"),
        row.getString("stream"),
        row.getLong("sequence"),
        row.getString("region"),
        at,
        at.minus(Duration.of(row.getLong("due_offset_us"), ChronoUnit.MICROS)),
        status == Status.MISSED ? null : at,
        row.getLong("duration_us"),
        status.code(),
        kind == null ? null : new ResultView.FailureView(kind, message == null ? "" : message),
        Rows.int4(row, "http_status"),
        Rows.flag(row, "content_matched"),
        new ResultView.PhasesView(
            Rows.int8(row, "dns_us"),
            Rows.int8(row, "connect_us"),
            Rows.int8(row, "tls_us"),
            Rows.int8(row, "wait_us"),
            Rows.int8(row, "transfer_us")),
        row.getString("address"),
        hops(row.getString("hops")),
        row.getString("excerpt"),
        Rows.instant(row, "certificate_expires_at"),
        row.getInt("count"),
        row.getBoolean("clock_stepped"),
        new ResultView.Row(row.getInt("monitor_id"), row.getInt("stream_id")));
  }

  /** The letter of {@code check_result.status}. */
  static String letter(Status status) {
    return switch (status) {
      case UP -> "u";
      case DEGRADED -> "g";
      case DOWN -> "d";
      case UNKNOWN -> "n";
      case MISSED -> "m";
    };
  }

  private static Status status(String letter) {
    for (Status status : Status.values()) {
      if (letter(status).equals(letter)) {
        return status;
      }
    }
    throw new IllegalStateException("status '" + letter + "' in check_result");
  }

  private static List<ResultView.HopView> hops(@Nullable String json) {
    List<ResultView.HopView> hops = new ArrayList<>();
    if (json != null) {
      try {
        for (JsonNode hop : MAPPER.readTree(json)) {
          hops.add(
              new ResultView.HopView(hop.path("url").asText(), hop.path("status_code").asInt()));
        }
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("hops in result_detail are not JSON", e);
      }
    }
    return hops;
  }
}
