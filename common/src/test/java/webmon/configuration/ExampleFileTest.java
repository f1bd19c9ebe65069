package webmon.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The file that {@code ./webmon up} uses as it was cloned. */
class ExampleFileTest {
  @Test
  void isGoodWithoutAnySecret() {
    Reading reading =
        ConfigurationFile.read(
            Path.of("..", "config.toml"), Section.all(), Map.<String, String>of()::get);
    assertThat(reading.problems()).isEmpty();
    assertThat(reading.needingPages()).isSameAs(reading);
  }
}
