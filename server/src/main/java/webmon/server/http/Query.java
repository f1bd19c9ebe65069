package webmon.server.http;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import webmon.result.MicrosecondTime;

/**
 * The query parameters of one request, looked at strictly: an unknown one, one that is given twice
 * or one that makes no sense ends the request with a 400 that names it and says what is allowed.
 */
public final class Query {
  private static final Pattern BEFORE_NOW = Pattern.compile("-(\\d{1,6})([smhd])");
  private static final int DEFAULT_LIMIT = 100;
  private static final int MOST_LIMIT = 1_000;

  private final MultivaluedMap<String, String> parameters;

  private Query(MultivaluedMap<String, String> parameters) {
    this.parameters = parameters;
  }

  /** The parameters of a request, of which these are allowed. */
  public static Query of(UriInfo uri, String... allowed) {
    MultivaluedMap<String, String> given = uri.getQueryParameters();
    Set<String> known = new java.util.TreeSet<>(List.of(allowed));
    given.forEach((name, values) -> {
      if (!known.contains(name)) {
        throw ProblemException.badParameter(
            name,
            "There is no parameter '%s' here; %s."
                .formatted(
                    name,
                    known.isEmpty()
                        ? "there are none at all"
                        : "there are " + String.join(", ", known)));
      }
      if (values.size() > 1) {
        throw ProblemException.badParameter(
            name, "The parameter '%s' may be given once.".formatted(name));
      }
    });
    return new Query(given);
  }

  public @Nullable String text(String name) {
    String value = parameters.getFirst(name);
    if (value != null && value.isBlank()) {
      throw ProblemException.badParameter(
          name, "The parameter '%s' is empty; leave it out or give it a value.".formatted(name));
    }
    if (value != null && hasControls(value)) {
      throw ProblemException.badParameter(
          name, "The parameter '%s' has control characters in it.".formatted(name));
    }
    return value;
  }

  /** A value out of a closed set, or null. */
  public @Nullable String oneOf(String name, Collection<String> allowed) {
    String value = text(name);
    if (value != null && !allowed.contains(value)) {
      throw ProblemException.badParameter(
          name,
          "The parameter '%s' is one of %s, not '%s'."
              .formatted(name, String.join(", ", allowed), value));
    }
    return value;
  }

  /** {@code limit}: how many items are wanted, 100 unless told, 1,000 at most. */
  public int limit() {
    String value = text("limit");
    if (value == null) {
      return DEFAULT_LIMIT;
    }
    try {
      int limit = Integer.parseInt(value);
      if (limit >= 1 && limit <= MOST_LIMIT) {
        return limit;
      }
    } catch (NumberFormatException notAWholeNumber) {
      // Falls through to the one sentence below.
    }
    throw ProblemException.badParameter(
        "limit",
        "The parameter 'limit' is a whole number from 1 to %d, not '%s'."
            .formatted(MOST_LIMIT, value));
  }

  /** An ISO time, or so long before now as {@code -24h} says; null if it is not given. */
  public @Nullable Instant time(String name, Instant now) {
    String value = text(name);
    if (value == null) {
      return null;
    }
    Matcher before = BEFORE_NOW.matcher(value);
    if (before.matches()) {
      return now.minus(span(Long.parseLong(before.group(1)), before.group(2)));
    }
    try {
      return MicrosecondTime.parse(value);
    } catch (IllegalArgumentException e) {
      throw ProblemException.badParameter(
          name,
          ("The parameter '%s' is a time in UTC such as 2026-11-22T15:00:00Z, or a span before now"
                  + " such as -24h (s, m, h, d), not '%s'.")
              .formatted(name, value));
    }
  }

  /** What {@link #cursorOf} made, or null if this is the first page. */
  public @Nullable String cursor() {
    String value = text("next");
    if (value == null) {
      return null;
    }
    try {
      String position = new String(Base64.getUrlDecoder().decode(value), StandardCharsets.UTF_8);
      if (!hasControls(position)) {
        return position;
      }
    } catch (IllegalArgumentException e) {
      throw badCursor();
    }
    throw badCursor();
  }

  /** A cursor that callers hand back as it is. */
  public static String cursorOf(String position) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(position.getBytes(StandardCharsets.UTF_8));
  }

  public static ProblemException badCursor() {
    return ProblemException.badParameter(
        "next", "The parameter 'next' is what an earlier answer gave as its 'next', unchanged.");
  }

  /** The database takes no NUL in a text. */
  private static boolean hasControls(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }

  private static Duration span(long count, String unit) {
    return switch (unit) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }
}
