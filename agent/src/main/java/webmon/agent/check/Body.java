package webmon.agent.check;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import okhttp3.MediaType;
import okio.Buffer;
import okio.Source;
import org.jspecify.annotations.Nullable;

/** As much of a body as a check reads, after content decoding. */
final class Body {
  /** More is not read: it would only cost memory and time. Part of the documentation. */
  static final long MOST_BYTES = 1024 * 1024;

  private static final int STEP = 16 * 1024;

  private Body() {}

  /**
   * Reads until the end or the limit; what was read before a failure stays in the buffer.
   *
   * @return whether the end was reached
   */
  static boolean fill(Buffer buffer, Source source) throws IOException {
    while (buffer.size() < MOST_BYTES) {
      if (source.read(buffer, Math.min(STEP, MOST_BYTES - buffer.size())) == -1) {
        return true;
      }
    }
    return source.read(new Buffer(), 1) == -1;
  }

  /** By its byte order mark, else by its declared charset, else as UTF-8; never fails. */
  static String text(Buffer buffer, @Nullable MediaType type) {
    byte[] bytes = buffer.readByteArray();
    Charset charset = type == null ? StandardCharsets.UTF_8 : charset(type);
    if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
      return new String(bytes, 3, bytes.length - 3, StandardCharsets.UTF_8);
    }
    boolean marked = startsWith(bytes, 0xFE, 0xFF) || startsWith(bytes, 0xFF, 0xFE);
    return new String(bytes, marked ? StandardCharsets.UTF_16 : charset);
  }

  private static Charset charset(MediaType type) {
    Charset declared = type.charset(StandardCharsets.UTF_8);
    return declared == null ? StandardCharsets.UTF_8 : declared;
  }

  private static boolean startsWith(byte[] bytes, int... mark) {
    if (bytes.length < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((bytes[i] & 0xff) != mark[i]) {
        return false;
      }
    }
    return true;
  }
}
