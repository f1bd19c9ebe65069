package webmon.acceptance.driver;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** An agent's result log, read as anybody may read it: from the files, while they are written. */
public final class LogFile {
  private final Path folder;

  /** Of the agent with this {@code data_dir}. */
  public LogFile(Path dataDir) {
    this.folder = dataDir.resolve("log");
  }

  /** All lines in order, of all streams; a line that is being written is not one yet. */
  public List<JsonNode> lines() {
    List<JsonNode> lines = new ArrayList<>();
    each((stream, bytes) -> lines.add(Api.read(new String(bytes, StandardCharsets.UTF_8))));
    return lines;
  }

  /** The results of one monitor. */
  public List<JsonNode> checks(String monitor) {
    return lines().stream()
        .filter(line -> line.at("/event/dataset").asText().equals("webmon.check"))
        .filter(line -> line.at("/monitor/id").asText().equals(monitor))
        .toList();
  }

  /** What must arrive. */
  public Set<Line> identities() {
    Set<Line> identities = new HashSet<>();
    each((stream, bytes) -> {
      JsonNode line = Api.read(new String(bytes, StandardCharsets.UTF_8));
      identities.add(Line.of(stream, line.at("/event/sequence").asLong(), bytes));
    });
    return identities;
  }

  private void each(BiConsumer<String, byte[]> reader) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      List<Path> segments =
          paths.filter(Files::isRegularFile).filter(LogFile::isSegment).sorted().toList();
      for (Path segment : segments) {
        String stream = folder.relativize(segment).getName(0).toString();
        split(Files.readAllBytes(segment)).forEach(bytes -> reader.accept(stream, bytes));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isSegment(Path path) {
    return path.getFileName().toString().matches("\\d{20}\\.jsonl");
  }

  private static List<byte[]> split(byte[] text) {
    List<byte[]> lines = new ArrayList<>();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (byte character : text) {
      if (character == '\n') {
        lines.add(line.toByteArray());
        line.reset();
      } else {
        line.write(character);
      }
    }
    return lines;
  }
}
