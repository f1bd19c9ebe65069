package webmon.server.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import webmon.report.DecryptionKey;
import webmon.report.SigningKey;

/** The file of the server's private keys: a JWK set (RFC 7517), readable by its owner only. */
public final class KeysFile {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path file;

  public KeysFile(Path file) {
    this.file = file;
  }

  public boolean exists() {
    return Files.exists(file);
  }

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException with a sentence for people if it is no such file
   */
  public ServerKeys read() throws IOException {
    JsonNode keys;
    try {
      keys = MAPPER.readTree(Files.readString(file, StandardCharsets.UTF_8)).path("keys");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("keys_file " + file + " is not JSON", e);
    }
    List<SigningKey> signing = new ArrayList<>();
    List<DecryptionKey> decryption = new ArrayList<>();
    for (JsonNode key : keys) {
      try {
        switch (key.path("crv").asText()) {
          case "Ed25519" -> signing.add(SigningKey.ofJwk(key.toString()));
          case "X25519" -> decryption.add(DecryptionKey.ofJwk(key.toString()));
          default -> throw new IllegalArgumentException("a key of another curve is in it");
        }
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "keys_file " + file + " cannot be used: " + e.getMessage(), e);
      }
    }
    if (signing.isEmpty() || decryption.isEmpty()) {
      throw new IllegalArgumentException(
          "keys_file "
              + file
              + " has to be a JWK set with a private Ed25519 and a private X25519 key");
    }
    return new ServerKeys(signing, decryption);
  }

  /** Makes new keys and keeps them, durably; fails if the file is there. */
  public ServerKeys make() throws IOException {
    ServerKeys keys = ServerKeys.generate();
    String text =
        "{\"keys\":[\n"
            + keys.signer().privateJwk()
            + ",\n"
            + keys.decryption().getFirst().privateJwk()
            + "\n]}\n";
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    write(text.getBytes(StandardCharsets.UTF_8));
    return keys;
  }

  /** Under a temporary name first: what bears the file's name is whole, whatever is killed. */
  private void write(byte[] text) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer bytes = ByteBuffer.wrap(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
      // Unlike a rename this fails if the file is there.
      Files.createLink(file, unfinished);
    } finally {
      Files.deleteIfExists(unfinished);
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
        entries.force(true);
      }
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
