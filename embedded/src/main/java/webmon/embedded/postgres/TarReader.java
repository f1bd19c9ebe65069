package webmon.embedded.postgres;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Unpacks a tar archive of files, folders and symbolic links with short names (POSIX.1-1988 ustar,
 * and GNU's variant of it): all that the PostgreSQL archives contain. Anything else in an archive
 * is an error, as is a name that leads out of the target folder.
 */
final class TarReader {
  private static final int BLOCK = 512;

  private final InputStream in;

  TarReader(InputStream in) {
    this.in = in;
  }

  void unpackTo(Path folder) throws IOException {
    byte[] header = new byte[BLOCK];
    while (in.readNBytes(header, 0, BLOCK) == BLOCK && header[0] != 0) {
      String name = text(header, 0, 100);
      String magic = text(header, 257, 5);
      // GNU's variant ("ustar  ") has times where POSIX has the first part of a long name.
      if (magic.equals("ustar") && header[262] == 0 && header[345] != 0) {
        name = text(header, 345, 155) + "/" + name;
      }
      Path target = inside(folder, folder.resolve(name));
      long size = octal(header, 124, 12);
      switch (header[156]) {
        case '0', 0 -> file(target, size, (octal(header, 100, 8) & 0100) != 0);
        case '5' -> Files.createDirectories(target);
        case '2' -> {
          Path link = Path.of(text(header, 157, 100));
          inside(folder, target.resolveSibling(link));
          Files.createDirectories(target.resolveSibling(""));
          Files.createSymbolicLink(target, link);
        }
        default ->
            throw new IOException(
                "Unexpected kind of entry '%c' in the archive: %s".formatted(header[156], name));
      }
    }
  }

  private void file(Path target, long size, boolean executable) throws IOException {
    Files.createDirectories(target.resolveSibling(""));
    try (OutputStream out = Files.newOutputStream(target)) {
      byte[] buffer = new byte[64 * 1024];
      for (long left = size; left > 0; ) {
        int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (count < 0) {
          throw new EOFException("The archive ends within " + target.getFileName());
        }
        out.write(buffer, 0, count);
        left -= count;
      }
    }
    in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
    // Whoever runs PostgreSQL may be another user than the one who unpacks it.
    Files.setPosixFilePermissions(
        target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
  }

  private static Path inside(Path folder, Path target) throws IOException {
    Path normal = target.normalize();
    if (!normal.startsWith(folder)) {
      throw new IOException("A name in the archive leads out of it: " + target);
    }
    return normal;
  }

  private static String text(byte[] header, int from, int length) {
    int end = from;
    while (end < from + length && header[end] != 0) {
      end++;
    }
    return new String(header, from, end - from, StandardCharsets.UTF_8);
  }

  private static long octal(byte[] header, int from, int length) throws IOException {
    String digits = text(header, from, length).strip();
    if (!digits.matches("[0-7]{1,12}")) {
      throw new IOException("Not a number in the archive: " + digits);
    }
    return Long.parseLong(digits, 8);
  }
}
