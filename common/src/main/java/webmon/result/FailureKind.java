package webmon.result;

import java.util.Locale;

/**
 * Why a check was not {@code up}: a closed set. Readers accept {@link #OTHER} for kinds that a
 * newer agent knows.
 */
public enum FailureKind {
  DNS,
  CONNECT_REFUSED,
  UNREACHABLE,
  CONNECT_TIMEOUT,
  TLS,
  CERTIFICATE_EXPIRED,
  CERTIFICATE_UNTRUSTED,
  CERTIFICATE_HOSTNAME,
  TIMEOUT,
  CONNECTION_RESET,
  PROTOCOL,
  PROXY,
  TOO_MANY_REDIRECTS,
  UNEXPECTED_LOCATION,
  HTTP_STATUS,
  CONTENT_MISSING,
  CONTENT_FORBIDDEN,
  ASSERTION,
  TOO_SLOW,
  BLOCKED_ADDRESS,
  AGENT_OFFLINE,
  INTERNAL,
  OTHER;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** The lower-case word with underscores, for instance {@code connect_refused}. */
  public String code() {
    return code;
  }

  /** The kind with this code; {@link #OTHER} if this version does not know it. */
  public static FailureKind ofCode(String code) {
    for (FailureKind kind : values()) {
      if (kind.code.equals(code)) {
        return kind;
      }
    }
    return OTHER;
  }
}
