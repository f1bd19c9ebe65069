package webmon.configuration;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a process wants of the file. The rest is not looked at, so that an agent does not need the
 * server's environment variables, nor the server an agent's.
 */
public enum Section {
  /** {@code [agent]}. */
  AGENT,
  /** {@code [report]}. */
  REPORT,
  /** {@code [server]}. */
  SERVER,
  /** {@code [defaults]} and {@code [[web_page]]}. */
  PAGES,
  /** Who is told, and when not: tables that a later version acts on. */
  NOTICES;

  public static Set<Section> all() {
    return EnumSet.allOf(Section.class);
  }

  public static Set<Section> forAgent() {
    return EnumSet.of(AGENT, REPORT, PAGES);
  }

  public static Set<Section> forServer() {
    return EnumSet.of(SERVER);
  }

  /** For {@code up}, which brings server, queue and keys itself. */
  public static Set<Section> forUp() {
    return EnumSet.of(AGENT, PAGES, NOTICES);
  }
}
