package webmon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ValidateCommandTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path file = Path.of("");

  @BeforeEach
  void chooseFile() {
    file = folder.resolve("config.toml");
  }

  private int validate(String text) throws IOException {
    Files.writeString(file, text);
    return run("-c", file.toString());
  }

  private int run(String... arguments) {
    return new CommandLine(new ValidateCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  private String printed() {
    return out.toString().replace(file.toString(), "config.toml");
  }

  @Test
  void saysThatAGoodFileIsGood() throws IOException {
    int code =
        validate("[[web_page]]\nurl = 'http://a'\n[[web_page]]\nurl = 'http://b'\nenabled = false");
    assertThat(printed())
        .isEqualToNormalizingNewlines("config.toml: good: 2 web pages (1 not enabled)\n");
    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
  }

  @Test
  void printsEveryProblemWhereItIs() throws IOException {
    int code = validate("[[web_page]]\nurl = 'x'\nmethod = 'POST'\nintervall = 5\n");
    assertThat(printed())
        .isEqualToNormalizingNewlines(
            """
            config.toml:2:1: error: web_page.url: must be a URL that begins with http:// or https://
            config.toml:3:1: warning: web_page.method: has no effect: a later version of webmon will know it
            config.toml:4:1: error: web_page.intervall: is not known; did you mean "interval"?
            """);
    assertThat(err.toString().replace(file.toString(), "config.toml"))
        .isEqualToNormalizingNewlines("config.toml: cannot be used: 2 errors, 1 warning\n");
    assertThat(code).isEqualTo(2);
  }

  @Test
  void doesNotFailForWarnings() throws IOException {
    int code = validate("[[web_page]]\nurl = 'http://a'\n[[channel]]\n");
    assertThat(printed())
        .endsWith("config.toml: good: 1 web page, 1 warning" + System.lineSeparator());
    assertThat(code).isZero();
  }

  @Test
  void asksForPagesUnlessItIsAServersFile() throws IOException {
    assertThat(validate("")).isEqualTo(2);
    assertThat(printed()).contains("error: web_page: is missing");
    int code =
        validate("[server]\ndatabase_url = 'jdbc:postgresql://db/w'\nkeys_file = 'server.jwks'");
    assertThat(printed()).contains("good: 0 web pages, a server on 0.0.0.0:8080");
    assertThat(code).isZero();
  }

  @Test
  void saysThatThereIsNoSuchFile() {
    assertThat(run("--config", file.toString())).isEqualTo(2);
    assertThat(printed()).contains("config.toml: error: does not exist");
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThat(run("--colour")).isEqualTo(2);
  }
}
