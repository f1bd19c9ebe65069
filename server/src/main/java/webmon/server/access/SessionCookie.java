package webmon.server.access;

import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.NewCookie;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cookie of a session: out of reach of scripts, and never sent along by other sites. Browsers
 * do not keep cookies of one host apart by port, so its name carries the deployment.
 */
public final class SessionCookie {
  private static final int DEPLOYMENT_CHARACTERS = 8;

  private final String name;
  private final boolean secure;

  /**
   * @param secure people reach the server by https
   */
  public SessionCookie(String deployment, boolean secure) {
    String own = "webmon_" + deployment.substring(0, DEPLOYMENT_CHARACTERS);
    // The prefix makes browsers refuse a cookie of that name from a neighbouring or plain host.
    this.name = secure ? "__Host-" + own : own;
    this.secure = secure;
  }

  public @Nullable String in(Map<String, Cookie> cookies) {
    Cookie cookie = cookies.get(name);
    return cookie == null ? null : cookie.getValue();
  }

  NewCookie holding(String value) {
    return cookie(value, (int) Sessions.LIFETIME.toSeconds());
  }

  NewCookie gone() {
    return cookie("", 0);
  }

  private NewCookie cookie(String value, int maxAgeSeconds) {
    return new NewCookie.Builder(name)
        .value(value)
        .path("/")
        .maxAge(maxAgeSeconds)
        .httpOnly(true)
        .secure(secure)
        .sameSite(NewCookie.SameSite.STRICT)
        .build();
  }
}
