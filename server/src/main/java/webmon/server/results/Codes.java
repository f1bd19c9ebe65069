package webmon.server.results;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import webmon.result.FailureKind;
import webmon.result.Status;

/** How statuses and failure kinds stand in {@code check_result}; the migrations say the same. */
final class Codes {
  private static final Map<FailureKind, Integer> NUMBERS = new EnumMap<>(FailureKind.class);
  private static final Map<Integer, FailureKind> KINDS = new HashMap<>();

  static {
    for (FailureKind kind : FailureKind.values()) {
      NUMBERS.put(kind, number(kind));
      KINDS.put(number(kind), kind);
    }
  }

  private Codes() {}

  static String of(Status status) {
    return switch (status) {
      case UP -> "u";
      case DEGRADED -> "g";
      case DOWN -> "d";
      case UNKNOWN -> "n";
      case MISSED -> "m";
    };
  }

  static Status status(String code) {
    for (Status status : Status.values()) {
      if (of(status).equals(code)) {
        return status;
      }
    }
    throw new IllegalArgumentException("status " + code);
  }

  static int of(FailureKind kind) {
    return NUMBERS.getOrDefault(kind, 99);
  }

  static FailureKind kind(int number) {
    return KINDS.getOrDefault(number, FailureKind.OTHER);
  }

  private static int number(FailureKind kind) {
    return switch (kind) {
      case DNS -> 1;
      case CONNECT_REFUSED -> 2;
      case UNREACHABLE -> 3;
      case CONNECT_TIMEOUT -> 4;
      case TLS -> 5;
      case CERTIFICATE_EXPIRED -> 6;
      case CERTIFICATE_UNTRUSTED -> 7;
      case CERTIFICATE_HOSTNAME -> 8;
      case TIMEOUT -> 9;
      case CONNECTION_RESET -> 10;
      case PROTOCOL -> 11;
      case PROXY -> 12;
      case TOO_MANY_REDIRECTS -> 13;
      case UNEXPECTED_LOCATION -> 14;
      case HTTP_STATUS -> 15;
      case CONTENT_MISSING -> 16;
      case CONTENT_FORBIDDEN -> 17;
      case ASSERTION -> 18;
      case TOO_SLOW -> 19;
      case BLOCKED_ADDRESS -> 20;
      case AGENT_OFFLINE -> 21;
      case INTERNAL -> 22;
      case OTHER -> 99;
    };
  }
}
