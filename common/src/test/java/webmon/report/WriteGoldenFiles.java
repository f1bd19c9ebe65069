package webmon.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import webmon.monitor.DefinitionCodec;
import webmon.result.LineCodec;
import webmon.result.LogLine;

/**
 * Writes the golden files that are not there yet into the folder that is its argument; run it until
 * none is missing, since each kind reads the one before.
 */
final class WriteGoldenFiles {
  private WriteGoldenFiles() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Files.createDirectories(folder);
    write(folder, "agent-key.jwk", SigningKey.generate().privateJwk());
    write(folder, "server-signing-key.jwk", SigningKey.generate().privateJwk());
    write(folder, "server-decryption-key.jwk", DecryptionKey.generate().privateJwk());
    if (Golden.class.getResource("/golden/agent-key.jwk") == null) {
      return;
    }
    for (Map.Entry<String, LogLine> line : Golden.lines().entrySet()) {
      Path file = folder.resolve(line.getKey());
      if (Files.notExists(file)) {
        Files.write(file, LineCodec.encode(line.getValue()));
      }
    }
    write(folder, "definition.hash", DefinitionCodec.hash(Golden.definition()));
    if (Golden.class.getResource("/golden/line-5-rotate.json") == null) {
      return;
    }
    write(folder, "report.jws", SignedReport.sign(Golden.report(), Golden.AGENT_KEY));
    if (Golden.class.getResource("/golden/report.jws") == null) {
      return;
    }
    write(
        folder,
        "report.jwe",
        Envelope.seal(Golden.text("report.jws"), Golden.SERVER_DECRYPTION_KEY.publicKey()));
    write(folder, "gap.jws", SignedReport.sign(Golden.gap(), Golden.AGENT_KEY));
    write(
        folder,
        "acknowledgement.jws",
        AcknowledgementCodec.sign(Golden.acknowledgement(), Golden.SERVER_SIGNING_KEY));
  }

  private static void write(Path folder, String name, String text) throws IOException {
    Path file = folder.resolve(name);
    if (Files.notExists(file)) {
      Files.writeString(file, text);
    }
  }
}
