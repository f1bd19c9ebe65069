package webmon.server.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The HTML of the dashboard, read from the class path once. */
final class Pages {
  private final String dashboard = read("index.html");
  private final String login = read("login.html");

  String dashboard() {
    return dashboard;
  }

  /**
   * The page that says how to get in.
   *
   * @param message what went wrong before, HTML already, or null
   * @param token of a login link, which has been found to be one in form, or null
   */
  String login(@Nullable String message, @Nullable String token) {
    return login
        .replace("{{message}}", message == null ? "" : banner(message))
        .replace("{{link}}", token == null ? "" : linkForm(token));
  }

  private static String banner(String message) {
    return "<p class=\"banner\" role=\"alert\">" + message + "</p>";
  }

  private static String linkForm(String token) {
    return """
    <form id="link-form" method="post" action="/login" class="login-form">
      <input type="hidden" name="token" value="%s">
      <button type="submit">Log in with this link</button>
    </form>
    """
        .formatted(token);
  }

  private static String read(String name) {
    try (InputStream page = Pages.class.getResourceAsStream(name)) {
      if (page == null) {
        throw new IllegalStateException(name + " is not in the jar");
      }
      return new String(page.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
