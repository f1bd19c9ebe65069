package webmon.server.access;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.NewCookie;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import webmon.configuration.Secret;

/** What a browser does to get in and out. */
public final class LogIn {
  private final Sessions sessions;
  private final SessionCookie cookie;

  public LogIn(Sessions sessions, SessionCookie cookie) {
    this.sessions = sessions;
    this.cookie = cookie;
  }

  /** Whether these cookies are those of a session. */
  public boolean isIn(Map<String, Cookie> cookies) {
    String session = cookie.in(cookies);
    return session != null && sessions.authenticate(session).isPresent();
  }

  /** Begins a session with the token of a link or with an API key; empty if neither is good. */
  public Optional<NewCookie> with(@Nullable String token, @Nullable String key) {
    Optional<Secret> session =
        token != null
            ? sessions.beginWithLink(token.strip())
            : key != null ? sessions.beginWithKey(key.strip()) : Optional.empty();
    return session.map(begun -> cookie.holding(begun.value()));
  }

  /** Ends the session of these cookies, if there is one. */
  public NewCookie out(Map<String, Cookie> cookies) {
    String session = cookie.in(cookies);
    if (session != null) {
      sessions.end(session);
    }
    return cookie.gone();
  }

  /** Whether it has the form of a link's token, so that it can stand in a page as it is. */
  public static boolean isToken(String text) {
    return Sessions.isToken(text);
  }

  /** Ends the request with 403 unless one of our own pages sent it. */
  public static void requireOwnPage(ContainerRequestContext request) {
    SameOrigin.require(request);
  }
}
