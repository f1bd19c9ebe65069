package webmon.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class ProgramTest {
  private final StringWriter err = new StringWriter();

  @Test
  void complainsInOneSentence() {
    assertThat(run(new Complaint(ExitCode.WRONG_USE, "use another port with --port"))).isEqualTo(2);
    assertThat(err.toString()).isEqualTo("try: use another port with --port\n");
  }

  @Test
  void hidesTheStackTraceOfOurOwnFaults() {
    assertThat(run(new IllegalStateException("oops"))).isEqualTo(3);
    assertThat(err.toString().lines()).hasSize(1).first().asString().contains("oops", "--debug");
  }

  @Test
  void showsTheStackTraceWhenAskedTo() {
    assertThat(run(new IllegalStateException("oops"), "--debug")).isEqualTo(3);
    assertThat(err.toString()).contains("\tat webmon.command.ProgramTest");
  }

  @Test
  void callsAnUnknownOptionWrongUse() {
    assertThat(run(null, "--frobnicate")).isEqualTo(2);
    assertThat(run(null)).isZero();
  }

  private int run(@Nullable RuntimeException failure, String... arguments) {
    return Program.run(
        new CommandLine(new Try(failure)).setErr(new PrintWriter(err, true)), arguments);
  }

  @Command(name = "try")
  private record Try(@Nullable RuntimeException failure) implements Runnable {
    @Override
    public void run() {
      if (failure != null) {
        throw failure;
      }
    }
  }
}
