package webmon.folder;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Another process that runs a main class of these tests until it is killed. */
public final class ForkedJvm implements AutoCloseable {
  private final Process process;
  private final List<String> lines = new ArrayList<>();

  private ForkedJvm(Process process) {
    this.process = process;
  }

  public static ForkedJvm run(Class<?> main, String... arguments) throws IOException {
    return of(command(main, arguments));
  }

  public static ForkedJvm of(List<String> command) throws IOException {
    return new ForkedJvm(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  public static List<String> command(Class<?> main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(Arrays.asList(arguments));
    return command;
  }

  public long pid() {
    return process.pid();
  }

  public void say(String line) throws IOException {
    process.outputWriter(StandardCharsets.UTF_8).append(line).append('\n').flush();
  }

  /** Everything that was read so far. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** Reads on until a line starts so, and returns the rest of that line. */
  public String await(String start) throws IOException {
    BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      lines.add(line);
      if (line.startsWith(start)) {
        return line.substring(start.length());
      }
    }
    throw new IOException("The process ended before '" + start + "': " + lines);
  }

  /** SIGKILL, and until it is gone. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
