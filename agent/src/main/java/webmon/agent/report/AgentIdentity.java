package webmon.agent.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import webmon.agent.resultlog.Durable;
import webmon.report.SigningKey;

/**
 * Who an agent is: its id and its key pair, both kept in its {@code data_dir} and made there when
 * first asked for. Needs no lock, so it can be asked for beside a running agent.
 */
public record AgentIdentity(String id, SigningKey key) {

  /**
   * The identity of a {@code data_dir}, which is made if it is not there.
   *
   * @param configured the id that the configuration says; null: the one kept, or a new one
   * @throws IOException also if a file is there that holds no key
   */
  public static AgentIdentity of(Path dataDir, @Nullable String configured, RandomGenerator random)
      throws IOException {
    DataDirectory.provide(dataDir);
    return new AgentIdentity(id(dataDir, configured, random), key(dataDir));
  }

  private static String id(Path dataDir, @Nullable String configured, RandomGenerator random)
      throws IOException {
    Path file = dataDir.resolve("agent-id");
    String kept = Files.exists(file) ? Files.readString(file).strip() : "";
    if (configured == null && !kept.isEmpty()) {
      return kept;
    }
    String id = configured != null ? configured : "agent-" + hex(random);
    if (!id.equals(kept)) {
      Durable.write(file, (id + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return id;
  }

  private static String hex(RandomGenerator random) {
    byte[] bytes = new byte[4];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static SigningKey key(Path dataDir) throws IOException {
    Path folder = dataDir.resolve("keys");
    Path file = folder.resolve("key.jwk");
    if (!Files.exists(file)) {
      Files.createDirectories(folder, permissions(dataDir, "rwx------"));
      make(file);
    }
    try {
      return SigningKey.ofJwk(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw new FileSystemException(file.toString(), null, "holds no key: " + e.getMessage());
    }
  }

  /** Whoever comes first makes the key, so that two processes never have different ones. */
  private static void make(Path file) throws IOException {
    Path own = file.resolveSibling("key-" + ProcessHandle.current().pid());
    byte[] key = (SigningKey.generate().privateJwk() + "\n").getBytes(StandardCharsets.UTF_8);
    Durable.write(own, key, permissions(file, "rw-------"));
    try {
      Files.createLink(file, own);
    } catch (FileAlreadyExistsException another) {
      return;
    } catch (UnsupportedOperationException noLinksHere) {
      Durable.move(own, file);
      return;
    } finally {
      Files.deleteIfExists(own);
    }
    Durable.forceFolder(folder(file));
  }

  private static Path folder(Path file) {
    Path parent = file.getParent();
    return parent == null ? file : parent;
  }

  private static FileAttribute<?>[] permissions(Path path, String allowed) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(allowed))
        }
        : new FileAttribute<?>[0];
  }
}
