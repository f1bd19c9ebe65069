package webmon.embedded.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Runs one of PostgreSQL's programs to its end, in an environment that cannot mislead it. */
final class Command {
  private Command() {}

  record Outcome(int exit, String output) {
    boolean good() {
      return exit == 0;
    }

    /** What the program said, on one line. */
    String said() {
      return output.strip().replaceAll("\\s*\\R\\s*", "; ");
    }
  }

  /**
   * A program that is not there or does not end within the limit ends as 127 or 124, as in a shell.
   */
  static Outcome run(List<String> command, Duration limit)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    // PG… variables, locales and library paths of the caller are not meant for this PostgreSQL.
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> !name.equals("PATH"));
    environment.putIfAbsent("PATH", "/usr/bin:/bin:/usr/sbin:/sbin");
    environment.put("LC_ALL", "C");
    // The working folder may be closed to the user that the program runs as.
    builder.directory(Path.of("/").toFile());
    builder.redirectErrorStream(true);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return new Outcome(127, String.valueOf(e.getMessage()));
    }
    try {
      process.getOutputStream().close();
      FutureTask<String> output =
          new FutureTask<>(
              () -> new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
      Thread.ofVirtual().name("output of " + command.getFirst()).start(output);
      if (!process.waitFor(limit)) {
        return new Outcome(124, "no answer within " + limit.toSeconds() + " s");
      }
      return new Outcome(process.exitValue(), output.get());
    } catch (ExecutionException e) {
      throw new IOException("The output of " + command.getFirst() + " cannot be read", e);
    } finally {
      process.destroyForcibly();
    }
  }
}
