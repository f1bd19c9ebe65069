package webmon.server.access;

import java.security.Principal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, once the credentials have been found good.
 *
 * @param subject for logs: {@code key:<id>} or the subject of a session
 * @param agent the id of the agent that the key is bound to, or null
 * @param bySession a browser sent these credentials by itself, so what changes something needs
 *     proof that one of our pages asked for it
 */
public record Caller(String subject, Set<Scope> scopes, @Nullable String agent, boolean bySession)
    implements Principal {
  public Caller {
    scopes = Set.copyOf(scopes);
  }

  /** Whether one of the scopes covers this one: {@code admin} reads, too. */
  public boolean may(Scope wanted) {
    return scopes.contains(wanted) || (wanted == Scope.READ && scopes.contains(Scope.ADMIN));
  }

  @Override
  public String getName() {
    return subject;
  }
}
