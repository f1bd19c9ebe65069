package webmon.embedded.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TarReaderTest {
  @TempDir private Path folder;

  private final ByteArrayOutputStream archive = new ByteArrayOutputStream();

  @Test
  void unpacksFilesFoldersAndLinks() throws IOException {
    entry("share/", '5', 0755, "", "");
    entry("bin/run", '0', 0755, "", "x".repeat(513));
    entry("lib/empty", '0', 0644, "", "");
    entry("lib/link", '2', 0777, "../bin/run", "");
    unpack();
    assertThat(folder.resolve("share")).isEmptyDirectory();
    assertThat(folder.resolve("bin/run")).hasContent("x".repeat(513)).isExecutable();
    assertThat(folder.resolve("lib/empty")).isEmptyFile();
    assertThat(Files.isExecutable(folder.resolve("lib/empty"))).isFalse();
    assertThat(Files.readSymbolicLink(folder.resolve("lib/link"))).hasToString("../bin/run");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../outside", "a/../../outside", "/outside"})
  void refusesANameThatLeadsOut(String name) {
    entry(name, '0', 0644, "", "x");
    assertThatThrownBy(this::unpack).isInstanceOf(IOException.class).hasMessageContaining("out of");
    assertThat(folder.resolveSibling("outside")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../outside", "/etc/passwd"})
  void refusesALinkThatLeadsOut(String target) {
    entry("a/link", '2', 0777, target, "");
    assertThatThrownBy(this::unpack).isInstanceOf(IOException.class).hasMessageContaining("out of");
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    entry("././@LongLink", 'L', 0644, "", "long");
    assertThatThrownBy(this::unpack)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("'L'")
        .hasMessageContaining("@LongLink");
  }

  @Test
  void refusesAnArchiveThatEndsWithinAFile() {
    entry("file", '0', 0644, "", "x".repeat(2000));
    byte[] whole = archive.toByteArray();
    archive.reset();
    archive.write(whole, 0, 1024);
    assertThatThrownBy(this::unpack).isInstanceOf(EOFException.class);
  }

  private void unpack() throws IOException {
    archive.writeBytes(new byte[1024]);
    new TarReader(new ByteArrayInputStream(archive.toByteArray())).unpackTo(folder);
  }

  private void entry(String name, char kind, int mode, String link, String content) {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 100, "%07o".formatted(mode));
    put(header, 124, "%011o".formatted(content.length()));
    header[156] = (byte) kind;
    put(header, 157, link);
    put(header, 257, "ustar  ");
    archive.writeBytes(header);
    archive.writeBytes(content.getBytes(StandardCharsets.US_ASCII));
    archive.writeBytes(new byte[(512 - content.length() % 512) % 512]);
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
