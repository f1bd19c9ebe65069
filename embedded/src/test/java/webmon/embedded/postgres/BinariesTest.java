package webmon.embedded.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BinariesTest {
  @TempDir private Path place;

  private final List<String> progress = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({
    "Linux,    amd64,   postgres-linux-x86_64.txz",
    "Linux,    aarch64, postgres-linux-arm_64.txz",
    "Mac OS X, x86_64,  postgres-darwin-x86_64.txz",
    "Mac OS X, aarch64, postgres-darwin-arm_64.txz",
    "Linux,    riscv64, postgres-linux-riscv64.txz"
  })
  void knowsTheArchiveOfEachPlatform(String system, String architecture, String name) {
    assertThat(Binaries.archiveName(system, architecture)).isEqualTo(name);
  }

  @Test
  void unpacksOnceAndAgainWhenSomethingIsMissing() throws IOException {
    Path unpacked = unpack();
    assertThat(unpacked.resolve("bin/postgres")).isExecutable();
    assertThat(unpack()).isEqualTo(unpacked);
    assertThat(progress).hasSize(1);

    Files.delete(unpacked.resolve("share/postgresql/postgres.bki"));
    assertThat(unpack()).isEqualTo(unpacked);
    assertThat(unpacked.resolve("share/postgresql/postgres.bki")).isNotEmptyFile();
    assertThat(progress).hasSize(2);
  }

  @Test
  void deletesOtherVersions() throws IOException {
    Path current = Files.createDirectory(place.resolve("programs-00000001-1"));
    Files.createDirectories(place.resolve("programs-00000000-1/bin"));
    Path data = Files.createDirectory(place.resolve("data"));
    Binaries.deleteOthers(place, current);
    assertThat(place).isDirectoryNotContaining(path -> !path.equals(current) && !path.equals(data));
    assertThat(current).exists();
    assertThat(data).exists();
  }

  private Path unpack() throws IOException {
    return Binaries.ofThisMachine().unpackInto(place, progress::add);
  }
}
