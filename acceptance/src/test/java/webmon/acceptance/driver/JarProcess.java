package webmon.acceptance.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * A process of {@code webmon.jar}, started as a user would, with its output in a file. Closing it
 * stops it as politely as the system does, and kills it if that takes more than 10 seconds.
 */
public final class JarProcess implements AutoCloseable {
  private static final Duration STOPPING = Duration.ofSeconds(10);

  private final Process process;
  private final Path output;

  private JarProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** How one that ran to its end has ended. */
  public record Ended(int exitCode, String out, String err) {}

  /** Starts it in that folder, which is its working directory; the output is added to a file. */
  public static JarProcess start(Path folder, String name, List<String> arguments) {
    Path output = folder.resolve(name + ".output");
    try {
      Files.createDirectories(folder);
      Process process =
          builder(command(arguments))
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
              .start();
      process.getOutputStream().close();
      return new JarProcess(process, output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs it to its end, within a minute. */
  public static Ended run(Path folder, String input, String... arguments) {
    try {
      Path err = Files.createTempFile("webmon", ".err");
      Path out = Files.createTempFile("webmon", ".out");
      Process process =
          builder(command(List.of(arguments)))
              .directory(folder.toFile())
              .redirectError(err.toFile())
              .redirectOutput(out.toFile())
              .start();
      try (var stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      }
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(List.of(arguments) + " did not end:\n" + Files.readString(out));
      }
      Ended ended = new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
      Files.delete(out);
      Files.delete(err);
      return ended;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    // What a machine in AWS has from its role; the queue of the tests takes any.
    builder.environment().put("AWS_REGION", "eu-north-1");
    builder.environment().put("AWS_ACCESS_KEY_ID", "acceptance");
    builder.environment().put("AWS_SECRET_ACCESS_KEY", "acceptance");
    return builder;
  }

  private static List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>(start());
    command.addAll(arguments);
    return command;
  }

  /** By the launcher that people use where one is named, else in the way that starts fastest. */
  private static List<String> start() {
    String launcher = System.getProperty("webmon.launcher");
    return launcher != null
        ? List.of(launcher)
        : List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx384m",
            "-jar",
            jar().toString());
  }

  private static Path jar() {
    Path jar = Path.of(System.getProperty("webmon.jar", "standalone/target/webmon.jar"));
    if (!Files.exists(jar)) {
      throw new AssertionError(jar + " is not there: run ./build, or give -Dwebmon.jar=FILE");
    }
    return jar.toAbsolutePath().normalize();
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** All it has said so far, and what its predecessors of this name said. */
  public String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for a piece of output; fails with all of it if the process ends or the time is up. */
  public Matcher await(String pattern, Duration limit) {
    Pattern compiled = Pattern.compile(pattern, Pattern.MULTILINE);
    try {
      Awaitility.await()
          .atMost(limit)
          .pollInterval(Duration.ofMillis(20))
          .failFast(() -> !isAlive() && !compiled.matcher(output()).find())
          .until(() -> compiled.matcher(output()).find());
    } catch (RuntimeException e) {
      throw new AssertionError("no " + pattern + " within " + limit + ":\n" + output(), e);
    }
    Matcher matcher = compiled.matcher(output());
    if (!matcher.find()) {
      throw new AssertionError("the output has shrunk");
    }
    return matcher;
  }

  /** Waits for its end; the exit code. */
  public int awaitExit(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("still running after " + limit + ":\n" + output());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** {@code kill -9}, and waits until it is gone. */
  public void kill() {
    process.destroyForcibly();
    awaitExit(Duration.ofSeconds(10));
  }

  /** {@code SIGKILL} without waiting: for a moment that must not pass. */
  public void strike() {
    process.destroyForcibly();
  }

  /** A signal by its name, as in {@code INT}. */
  public void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOPPING.toMillis(), TimeUnit.MILLISECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw interrupted(e);
    }
  }

  private static AssertionError interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new AssertionError(e);
  }
}
