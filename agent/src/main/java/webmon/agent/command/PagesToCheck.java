package webmon.agent.command;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import webmon.command.Complaint;
import webmon.command.ExitCode;
import webmon.configuration.AgentSettings;
import webmon.configuration.Configuration;
import webmon.configuration.ConfigurationFile;
import webmon.configuration.Nearest;
import webmon.configuration.Problem;
import webmon.configuration.Reading;
import webmon.configuration.Section;
import webmon.configuration.WebPage;

/**
 * Which pages a person means.
 *
 * @param agent as the file says; null where no file was read
 * @param guessedScheme https was put before a host
 */
record PagesToCheck(List<WebPage> pages, @Nullable AgentSettings agent, boolean guessedScheme) {
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*");

  /** A host as people type it, perhaps with a port and a path; a name of a page has no dot. */
  private static final Pattern HOST =
      Pattern.compile("(?:[^/\\s:]+\\.[^/\\s:]+|localhost|\\[[0-9A-Fa-f:.]+])(?::[0-9]+)?(?:/.*)?");

  static boolean isUrl(String target) {
    return SCHEME.matcher(target).matches();
  }

  static boolean looksLikeHost(String target) {
    return HOST.matcher(target).matches();
  }

  /** The page of a URL, by the rules of the configuration file. */
  static PagesToCheck ofUrl(String target, List<String> patterns, @Nullable String timeout) {
    boolean whole = isUrl(target);
    StringBuilder toml = new StringBuilder("[[web_page]]\ninterval = \"1h\"\n");
    toml.append("url = ").append(quoted(whole ? target : "https://" + target)).append('\n');
    if (!patterns.isEmpty()) {
      StringJoiner list = new StringJoiner(", ", "[", "]");
      patterns.forEach(pattern -> list.add(quoted(pattern)));
      toml.append("content_pattern = ").append(list).append('\n');
    }
    if (timeout != null) {
      toml.append("timeout = ").append(quoted(timeout)).append('\n');
    }
    Reading reading =
        ConfigurationFile.parse(
            toml.toString(), "", EnumSet.of(Section.PAGES), name -> null, Path.of(""));
    return switch (reading) {
      case Reading.Usable usable ->
          new PagesToCheck(usable.configuration().webPages(), null, !whole);
      case Reading.Broken broken -> throw new Complaint(ExitCode.WRONG_USE, said(broken));
    };
  }

  /** Only the options of the command: their names are known here, lines of a file are not. */
  private static String said(Reading.Broken broken) {
    Map<String, String> words =
        Map.of(
            "web_page.url", "the URL",
            "web_page.content_pattern", "--pattern",
            "web_page.timeout", "--timeout");
    return broken.problems().stream()
        .filter(Problem::isError)
        .map(problem -> words.getOrDefault(problem.key(), problem.key()) + " " + problem.sentence())
        .distinct()
        .collect(Collectors.joining("; "));
  }

  /** A basic string of TOML, in which nothing is taken from the environment. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : text.replace("${", "$${").toCharArray()) {
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || c == 0x7f) {
        quoted.append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  static PagesToCheck all(Path file) {
    Configuration configuration = read(file);
    List<WebPage> enabled = configuration.webPages().stream().filter(WebPage::enabled).toList();
    return new PagesToCheck(enabled, configuration.agent(), false);
  }

  /** The page with this id or name, enabled or not. */
  static PagesToCheck named(String name, Path file) {
    Configuration configuration = read(file);
    List<WebPage> found =
        configuration.webPages().stream()
            .filter(page -> page.id().equals(name) || page.name().equalsIgnoreCase(name))
            .toList();
    if (found.isEmpty()) {
      List<String> known = configuration.webPages().stream().map(WebPage::id).toList();
      String nearest = Nearest.to(name, known);
      throw new Complaint(
          ExitCode.WRONG_USE,
          "no page of "
              + file
              + " is called \""
              + name
              + '"'
              + (nearest == null ? "" : "; did you mean \"" + nearest + "\"?")
              + "; there are: "
              + String.join(", ", known));
    }
    return new PagesToCheck(found, configuration.agent(), false);
  }

  private static Configuration read(Path file) {
    Reading reading =
        ConfigurationFile.read(file, EnumSet.of(Section.AGENT, Section.PAGES), System::getenv)
            .needingPages();
    return switch (reading) {
      case Reading.Usable usable -> usable.configuration();
      case Reading.Broken broken ->
          throw new Complaint(
              ExitCode.WRONG_USE,
              broken.problems().stream()
                  .filter(Problem::isError)
                  .map(Problem::toString)
                  .collect(Collectors.joining(System.lineSeparator())));
    };
  }
}
