package webmon.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnreadableFileTest {
  @TempDir Path folder;

  private String problem(byte[] content) throws IOException {
    Path file = Files.write(folder.resolve("config.toml"), content);
    return problem(file);
  }

  private String problem(Path file) {
    Reading reading = ConfigurationFile.read(file);
    assertThat(reading).isInstanceOf(Reading.Broken.class);
    return reading.problems().getFirst().toString().replace(folder.toString(), "");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void saysWhenThereIsNoFile() {
    assertThat(problem(folder.resolve("no.toml")))
        .isEqualTo("/no.toml: error: does not exist: create it, or name another one with -c");
    assertThat(problem(folder)).isEqualTo(": error: is a folder, not a configuration file");
  }

  @Test
  void saysWhenAPartOfThePathIsNoFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "");
    assertThat(problem(file.resolve("config.toml")))
        .startsWith("/a/config.toml: error: cannot be read");
  }

  @Test
  void saysWhenItIsNotText() throws IOException {
    assertThat(problem(new byte[] {'x', '=', 0, 1}))
        .isEqualTo("/config.toml:1:3: error: is not a text file: it has a NUL character");
    assertThat(problem(new byte[] {'a', '=', '1', '\n', 'b', '=', '"', (byte) 0xE4, '"'}))
        .isEqualTo("/config.toml:2:4: error: is not text in UTF-8");
    assertThat(problem(new byte[] {'a', (byte) 0xC3}))
        .isEqualTo("/config.toml:1:2: error: is not text in UTF-8");
  }

  @Test
  void saysWhenItIsTooLarge() throws IOException {
    assertThat(problem(bytes("#".repeat(ConfigurationFile.LARGEST + 1))))
        .isEqualTo("/config.toml: error: is larger than 1 MiB");
    Path file =
        Files.write(folder.resolve("good.toml"), bytes("#".repeat(ConfigurationFile.LARGEST)));
    assertThat(ConfigurationFile.read(file)).isInstanceOf(Reading.Usable.class);
  }

  @Test
  void saysWhenItIsNestedTooDeeply() throws IOException {
    assertThat(problem(bytes("x = " + "[".repeat(200_000)))).contains("Nesting is too deep");
    assertThat(problem(bytes("a.".repeat(200_000) + "b = 1"))).contains("Nesting is too deep");
    assertThat(problem(bytes("x = " + "{ a = ".repeat(100_000)))).contains("Nesting is too deep");
  }

  @Test
  void takesAByteOrderMarkAndWindowsLines() throws IOException {
    Path file =
        Files.write(
            folder.resolve("config.toml"),
            bytes("\uFEFF[[web_page]]\r\nurl = \"https://example.com/${file:token}\"\r\n"));
    Files.writeString(folder.resolve("token"), "t0k\n");
    Reading reading = ConfigurationFile.read(file);
    assertThat(reading).as("%s", reading.problems()).isInstanceOf(Reading.Usable.class);
    WebPage page = ((Reading.Usable) reading).configuration().webPages().getFirst();
    assertThat(page.url()).hasToString("https://example.com/t0k");
  }
}
