package webmon.agent.resultlog;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import webmon.result.LineCodec;

/** Complete lines of a file from some offset on; what is behind the last line feed is no line. */
final class LineInput implements Closeable {
  private final InputStream in;
  private long position;

  LineInput(Path file, long offset) throws IOException {
    InputStream stream = Files.newInputStream(file);
    try {
      stream.skipNBytes(offset);
    } catch (IOException e) {
      stream.close();
      throw e;
    }
    this.in = new BufferedInputStream(stream, 64 * 1024);
    this.position = offset;
  }

  /** The next line without its line feed, cut where it is longer than any line may be. */
  byte @Nullable [] next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    long length = 0;
    for (int b = in.read(); b >= 0; b = in.read()) {
      length++;
      if (b == '\n') {
        position += length;
        return line.toByteArray();
      }
      if (length <= LineCodec.MOST_BYTES + 1) {
        line.write(b);
      }
    }
    return null;
  }

  /** Where the next line begins: behind the last line feed that was seen. */
  long position() {
    return position;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
