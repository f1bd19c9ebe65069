package webmon.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces {@code ${NAME}}, {@code ${NAME:default}} and {@code ${file:path}} in the strings of a
 * file; {@code $${} stands for {@code ${} itself. What was put in is not looked at again.
 *
 * @param environment the variables; one that is empty counts as not set
 * @param base relative paths of files are resolved against it
 */
record Substitution(Function<String, @Nullable String> environment, Path base) {
  private static final int LARGEST_FILE = 64 * 1024;
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final String FILE = "file:";

  /** The filled-in text, or null after at least one problem was told. */
  @Nullable Filled fill(String text, Consumer<String> problem) {
    if (!text.contains("${")) {
      return Filled.plain(text);
    }
    StringBuilder filled = new StringBuilder();
    BitSet outside = new BitSet();
    boolean good = true;
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith("$${", at)) {
        filled.append("${");
        at += 3;
      } else if (text.startsWith("${", at)) {
        int end = text.indexOf('}', at);
        if (end < 0) {
          problem.accept("a ${ is not closed by a }; to mean the characters themselves write $${");
          return null;
        }
        good &= put(text.substring(at + 2, end), filled, outside, problem);
        at = end + 1;
      } else {
        filled.append(text.charAt(at));
        at++;
      }
    }
    return good ? new Filled(filled.toString(), outside, true) : null;
  }

  private boolean put(
      String inside, StringBuilder filled, BitSet outside, Consumer<String> problem) {
    int start = filled.length();
    if (inside.startsWith(FILE)) {
      String content = content(inside.substring(FILE.length()), problem);
      if (content == null) {
        return false;
      }
      filled.append(content);
      outside.set(start, filled.length());
      return true;
    }
    int colon = inside.indexOf(':');
    String name = colon < 0 ? inside : inside.substring(0, colon);
    if (!NAME.matcher(name).matches()) {
      problem.accept(
          "${"
              + inside
              + "} is none of ${NAME}, ${NAME:default}, ${file:path}; to mean the characters"
              + " themselves write $${");
      return false;
    }
    String value = environment.apply(name);
    if (value != null && !value.isEmpty()) {
      filled.append(value);
      outside.set(start, filled.length());
      return true;
    }
    if (colon < 0) {
      problem.accept(
          "the environment variable "
              + name
              + " is not set: set it, or give a default as in ${"
              + name
              + ":…}");
      return false;
    }
    filled.append(inside, colon + 1, inside.length());
    return true;
  }

  /** Without a newline at the end, which editors and {@code echo} leave there. */
  private @Nullable String content(String name, Consumer<String> problem) {
    try {
      Path path = base.resolve(name);
      if (!Files.isRegularFile(path)) {
        problem.accept(
            "the file " + path + (Files.exists(path) ? " is not a plain file" : " does not exist"));
        return null;
      }
      byte[] bytes;
      try (InputStream in = Files.newInputStream(path)) {
        bytes = in.readNBytes(LARGEST_FILE + 1);
      }
      if (bytes.length > LARGEST_FILE) {
        problem.accept("the file " + path + " is larger than 64 KiB");
        return null;
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      String cut = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
      return cut.endsWith("\r") ? cut.substring(0, cut.length() - 1) : cut;
    } catch (InvalidPathException e) {
      problem.accept("${file:…} does not name a file");
    } catch (CharacterCodingException e) {
      problem.accept("the file " + name + " is not text in UTF-8");
    } catch (IOException e) {
      problem.accept("the file " + name + " cannot be read: " + IoReason.of(e));
    }
    return null;
  }
}
