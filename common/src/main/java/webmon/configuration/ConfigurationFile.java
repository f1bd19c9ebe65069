package webmon.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlPosition;

/**
 * Reads a configuration file, and tells all that is wrong with it at once. Nothing that a file may
 * hold, and no way in which it may be unreadable, makes it throw.
 */
public final class ConfigurationFile {
  /** Twelve thousand pages of three lines. A larger file is a mistake, or an attack on memory. */
  static final int LARGEST = 1024 * 1024;

  private ConfigurationFile() {}

  /** All sections, with the environment of this process. */
  public static Reading read(Path file) {
    return read(file, Section.all(), System::getenv);
  }

  /**
   * Some sections of a file; the others are as if they were not there. {@code ${file:…}} with a
   * relative path is meant against the folder of the file.
   */
  public static Reading read(
      Path file, Set<Section> sections, Function<String, @Nullable String> environment) {
    String name = file.toString();
    try {
      if (Files.isDirectory(file)) {
        return broken(name, null, "is a folder, not a configuration file");
      }
      byte[] bytes;
      try (InputStream in = Files.newInputStream(file)) {
        bytes = in.readNBytes(LARGEST + 1);
      }
      Path folder = file.toAbsolutePath().getParent();
      Path base = folder == null ? file.toAbsolutePath() : folder;
      return parse(bytes, name, sections, environment, base);
    } catch (NoSuchFileException e) {
      return broken(name, null, "does not exist: create it, or name another one with -c");
    } catch (IOException e) {
      return broken(name, null, "cannot be read: " + IoReason.of(e));
    }
  }

  /**
   * The text of a file.
   *
   * @param name what problems call the file
   * @param base relative paths in {@code ${file:…}} are meant against it
   */
  public static Reading parse(
      String text,
      String name,
      Set<Section> sections,
      Function<String, @Nullable String> environment,
      Path base) {
    if (text.length() > LARGEST) {
      return broken(name, null, "is larger than 1 MiB");
    }
    int nul = text.indexOf('\0');
    if (nul >= 0) {
      return broken(name, positionOf(text, nul), "is not a text file: it has a NUL character");
    }
    // Some editors put a byte order mark before the text; TOML has none.
    String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
    Context context =
        new Context(new Problems(name), new Substitution(environment, base.toAbsolutePath()));
    return new Reader(name, sections, context).read(unmarked);
  }

  /**
   * One page as somebody names it on a command line, checked as if it stood in a file but for
   * {@code ${…}}, which means itself; everything else is as without a file.
   */
  public static Reading ofPage(String url, List<String> contentPatterns) {
    StringBuilder text =
        new StringBuilder("[[web_page]]\nid = \"check\"\nurl = ").append(quoted(url));
    if (!contentPatterns.isEmpty()) {
      String patterns =
          contentPatterns.stream()
              .map(ConfigurationFile::quoted)
              .collect(Collectors.joining(", ", "[", "]"));
      text.append("\ncontent_pattern = ").append(patterns);
    }
    String name = "command line";
    Reading reading =
        parse(text.toString(), name, Section.forAgent(), variable -> null, Path.of(""));
    return switch (reading) {
      case Reading.Usable usable -> usable;
      // The text that was put together has lines, the command line has none.
      case Reading.Broken broken ->
          new Reading.Broken(
              broken.problems().stream()
                  .map(problem ->
                      new Problem(
                          problem.severity(),
                          name,
                          0,
                          0,
                          problem.key().substring(problem.key().lastIndexOf('.') + 1),
                          problem.sentence()))
                  .toList());
    };
  }

  private static String quoted(String text) {
    return "\"" + Toml.tomlEscape(text).toString().replace("${", "$${") + "\"";
  }

  private static Reading parse(
      byte[] bytes,
      String name,
      Set<Section> sections,
      Function<String, @Nullable String> environment,
      Path base) {
    if (bytes.length > LARGEST) {
      return broken(name, null, "is larger than 1 MiB");
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CharBuffer characters = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), characters, true);
    String text = characters.flip().toString();
    if (result.isError()) {
      return broken(name, positionOf(text, text.length()), "is not text in UTF-8");
    }
    return parse(text, name, sections, environment, base);
  }

  private static TomlPosition positionOf(String text, int index) {
    String before = text.substring(0, index);
    int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
    return TomlPosition.positionAt(line, index - before.lastIndexOf('\n'));
  }

  private static Reading broken(String name, @Nullable TomlPosition position, String sentence) {
    Problems problems = new Problems(name);
    problems.error(position, "", sentence);
    return new Reading.Broken(problems.inOrder());
  }
}
