package webmon.server.access;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import webmon.server.http.ProblemException;

/**
 * Lets a request through to a resource method if its credentials have a scope that the method
 * {@link Needs}, or if it is {@link Open}. A method that says neither is closed to all.
 */
@Priority(Priorities.AUTHENTICATION)
public final class AccessFilter implements ContainerRequestFilter {
  private static final Pattern BEARER = Pattern.compile("(?i)bearer +(\\S+)");
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private final ApiKeys keys;
  private final Sessions sessions;
  private final SessionCookie cookie;

  @Context private @Nullable ResourceInfo resource;

  public AccessFilter(ApiKeys keys, Sessions sessions, SessionCookie cookie) {
    this.keys = keys;
    this.sessions = sessions;
    this.cookie = cookie;
  }

  /** The caller that this filter let through. */
  public static Caller caller(SecurityContext security) {
    if (security.getUserPrincipal() instanceof Caller caller) {
      return caller;
    }
    throw new IllegalStateException("a method without @Needs asks who calls");
  }

  @Override
  public void filter(ContainerRequestContext request) {
    Method method = resource == null ? null : resource.getResourceMethod();
    if (method == null
        || method.isAnnotationPresent(Open.class)
        || request.getMethod().equals("OPTIONS")) {
      // OPTIONS is answered by Jersey itself, and says no more than a 405 does.
      return;
    }
    Needs needs = method.getAnnotation(Needs.class);
    if (needs == null) {
      throw new IllegalStateException(method + " says neither @Needs nor @Open");
    }
    Caller caller = authenticate(request);
    if (Stream.of(needs.value()).noneMatch(caller::may)) {
      throw ProblemException.ofStatus(
          403,
          "This needs the scope %s; these credentials have %s."
              .formatted(words(List.of(needs.value()), " or "), words(caller.scopes(), ", ")));
    }
    if (caller.bySession() && !READING.contains(request.getMethod())) {
      SameOrigin.require(request);
    }
    request.setSecurityContext(new Authenticated(caller, request.getSecurityContext()));
  }

  private Caller authenticate(ContainerRequestContext request) {
    String presented = presentedKey(request);
    if (presented != null) {
      return keys.authenticate(presented)
          .orElseThrow(() ->
              ProblemException.unauthenticated(
                  "This API key is not known here, has expired or was revoked."));
    }
    String session = cookie.in(request.getCookies());
    if (session == null) {
      throw ProblemException.unauthenticated(
          "Credentials are needed: an API key as 'Authorization: Bearer wm_…' or 'X-API-Key'.");
    }
    return sessions
        .authenticate(session)
        .orElseThrow(
            () -> ProblemException.unauthenticated("This session has ended; log in again."));
  }

  private static @Nullable String presentedKey(ContainerRequestContext request) {
    String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    if (authorization == null) {
      return request.getHeaderString("X-API-Key");
    }
    Matcher bearer = BEARER.matcher(authorization.strip());
    if (!bearer.matches()) {
      throw ProblemException.unauthenticated(
          "The header Authorization has to say 'Bearer ' and an API key.");
    }
    return bearer.group(1);
  }

  private static String words(Iterable<Scope> scopes, String separator) {
    return Optional.of(
            java.util.stream.StreamSupport.stream(scopes.spliterator(), false)
                .sorted()
                .map(Scope::word)
                .collect(Collectors.joining(separator)))
        .filter(text -> !text.isEmpty())
        .orElse("none");
  }

  private record Authenticated(Caller caller, SecurityContext former) implements SecurityContext {
    @Override
    public Caller getUserPrincipal() {
      return caller;
    }

    @Override
    public boolean isUserInRole(String role) {
      return Scope.ofWord(role).map(caller::may).orElse(false);
    }

    @Override
    public boolean isSecure() {
      return former.isSecure();
    }

    @Override
    public String getAuthenticationScheme() {
      return caller.bySession() ? "COOKIE" : "BEARER";
    }
  }
}
