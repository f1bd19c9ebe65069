package webmon.agent.command;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import webmon.agent.check.HttpChecks;
import webmon.configuration.WebPage;

/**
 * Checks a server within this process first, over http and https. The first check of a process
 * takes a tenth of a second longer than those after it, while Java loads what it needs; a person
 * would take that for the page's own time.
 */
final class Rehearsal {
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private Rehearsal() {}

  static void of(HttpChecks checks) throws InterruptedException {
    try (ServerSocket server = new ServerSocket(0, 2, InetAddress.getByName("127.0.0.1"))) {
      // Ends when the server is closed, at the end of this block.
      Thread.ofVirtual().name("rehearsal").start(() -> answer(server));
      for (String scheme : new String[] {"http", "https"}) {
        checks
            .of(
                WebPage.builder(scheme + "://127.0.0.1:" + server.getLocalPort())
                    .timeout(Duration.ofSeconds(1))
                    .build())
            .run();
      }
    } catch (IOException e) {
      // Then the first check is a little slower; that is no reason to complain.
      return;
    }
  }

  /** In HTTP; to a TLS handshake the same bytes are an error, which is an answer too. */
  private static void answer(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        InputStream in = socket.getInputStream();
        if (in.read(new byte[4096]) > 0) {
          socket.getOutputStream().write(ANSWER);
        }
      } catch (IOException e) {
        // The check has gone, or the rehearsal is over.
        continue;
      }
    }
  }
}
