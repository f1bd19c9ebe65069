package webmon.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubstitutionTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("A", "one", "_b2", "two", "EMPTY", "", "NESTED", "${A}");

  @TempDir Path folder;

  private final List<String> problems = new ArrayList<>();

  private Filled fill(String text) {
    Filled filled = new Substitution(ENVIRONMENT::get, folder).fill(text, problems::add);
    return filled == null ? Filled.plain("(null)") : filled;
  }

  @ParameterizedTest
  @CsvSource({
    "plain $ text }, plain $ text }",
    "${A}, one",
    "x${A}${_b2}y, xonetwoy",
    "${A:default}, one",
    "${NO:a:b}, a:b",
    "${NO:}, ''",
    "${EMPTY:default}, default",
    "$${A}, ${A}",
    "$$${A}, $${A}",
    "${NESTED}, ${A}",
    "a$${2}b${A}, a${2}bone"
  })
  void putsValuesIn(String text, String filled) {
    assertThat(fill(text).text()).isEqualTo(filled);
    assertThat(problems).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "${NO};variable NO is not set",
        "${EMPTY};variable EMPTY is not set",
        "${A;not closed",
        "${};is none of",
        "${a b};is none of",
        "${1A};is none of",
        "${file:};not a plain file",
        "${file:nothing};does not exist",
        "${file:.};not a plain file"
      })
  void saysWhyItCannot(String text, String reason) {
    assertThat(fill(text).text()).isEqualTo("(null)");
    assertThat(problems).singleElement().asString().contains(reason);
  }

  @Test
  void tellsEveryMissingVariable() {
    fill("${NO} ${NOR}");
    assertThat(problems).hasSize(2);
  }

  @Test
  void readsFilesWithoutTheirLastNewline() throws IOException {
    Files.writeString(folder.resolve("a"), "secret\n");
    Files.writeString(folder.resolve("b"), "two\nlines\r\n");
    assertThat(fill("${file:a}-${file:" + folder.resolve("b") + "}").text())
        .isEqualTo("secret-two\nlines");
  }

  @Test
  void refusesFilesThatAreNotText() throws IOException {
    Files.write(folder.resolve("a"), new byte[] {(byte) 0xC3});
    Files.writeString(folder.resolve("b"), "x".repeat(65 * 1024));
    fill("${file:a}");
    fill("${file:b}");
    assertThat(problems).hasSize(2);
    assertThat(problems.get(0)).contains("not text in UTF-8");
    assertThat(problems.get(1)).contains("larger than 64 KiB");
  }

  @Test
  void knowsWhichCharactersCameFromOutside() throws IOException {
    Files.writeString(folder.resolve("f"), "file", StandardCharsets.UTF_8);
    Filled filled = fill("a${A}b${NO:dflt}c${file:f}");
    assertThat(filled.text()).isEqualTo("aonebdfltcfile");
    assertThat(filled.stretches(0)).containsExactly("one", "file");
    assertThat(filled.stretches(2)).containsExactly("ne", "file");
  }
}
