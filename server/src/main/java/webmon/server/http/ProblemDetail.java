package webmon.server.http;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Map;

/**
 * An error as every caller of this server gets it: RFC 9457, {@code application/problem+json}.
 *
 * @param type {@code about:blank} where the status says it all, else {@code urn:webmon:problem:…}
 * @param detail one sentence that says what is wrong and what is allowed; nothing secret
 * @param more further members, for instance {@code parameter}
 */
@JsonPropertyOrder({"type", "title", "status", "detail"})
public record ProblemDetail(
    String type, String title, int status, String detail, @JsonAnyGetter Map<String, Object> more) {

  /** What stands in {@code Content-Type}. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final String PREFIX = "urn:webmon:problem:";

  public ProblemDetail {
    more = Map.copyOf(more);
  }

  /** A problem whose status says what kind it is. */
  public static ProblemDetail ofStatus(int status, String detail) {
    return new ProblemDetail("about:blank", Titles.of(status), status, detail, Map.of());
  }

  /** A problem of a kind of our own: words with hyphens, for instance {@code bad-parameter}. */
  public static ProblemDetail ofKind(String kind, int status, String title, String detail) {
    return new ProblemDetail(PREFIX + kind, title, status, detail, Map.of());
  }

  public ProblemDetail with(String member, Object value) {
    Map<String, Object> wider = new java.util.LinkedHashMap<>(more);
    wider.put(member, value);
    return new ProblemDetail(type, title, status, detail, wider);
  }
}
