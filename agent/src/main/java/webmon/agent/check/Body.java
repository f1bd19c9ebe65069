package webmon.agent.check;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import okhttp3.MediaType;
import okio.Buffer;
import okio.Source;
import org.jspecify.annotations.Nullable;

/**
 * As much of a body as a check reads, after content decoding. Where nobody searches it, only the
 * beginning is kept: many checks are in flight at once, and memory is small.
 */
final class Body {
  /** More is not read: it would only cost memory and time. Part of the documentation. */
  static final long MOST_BYTES = 1024 * 1024;

  private static final int STEP = 16 * 1024;

  private final boolean keep;
  private final Buffer kept = new Buffer();
  private long bytes;

  /**
   * Nothing yet.
   *
   * @param keep all that is read, not the beginning alone
   */
  Body(boolean keep) {
    this.keep = keep;
  }

  /**
   * Reads until the end or the limit; what was read before a failure stays.
   *
   * @return whether the end was reached
   */
  boolean fill(Source source) throws IOException {
    Buffer step = new Buffer();
    while (bytes < MOST_BYTES) {
      long read = source.read(step, Math.min(STEP, MOST_BYTES - bytes));
      if (read == -1) {
        return true;
      }
      bytes += read;
      if (keep || kept.size() < STEP) {
        kept.write(step, read);
      } else {
        step.clear();
      }
    }
    return source.read(step, 1) == -1;
  }

  /** That were read. */
  long bytes() {
    return bytes;
  }

  /**
   * What was kept, which is given away by this, by its byte order mark, else by its declared
   * charset, else as UTF-8. Never fails.
   */
  String text(@Nullable MediaType type) {
    byte[] content = kept.readByteArray();
    if (startsWith(content, 0xEF, 0xBB, 0xBF)) {
      return new String(content, 3, content.length - 3, StandardCharsets.UTF_8);
    }
    boolean marked = startsWith(content, 0xFE, 0xFF) || startsWith(content, 0xFF, 0xFE);
    return new String(content, marked ? StandardCharsets.UTF_16 : charset(type));
  }

  private static Charset charset(@Nullable MediaType type) {
    Charset declared = type == null ? null : type.charset(StandardCharsets.UTF_8);
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
