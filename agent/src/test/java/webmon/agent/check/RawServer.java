package webmon.agent.check;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A server on loopback that does with each connection what the test says, well-behaved or not. */
final class RawServer implements AutoCloseable {
  /** What to do with a connection; it is closed afterwards. */
  interface Behaviour {
    void meet(Socket socket) throws IOException;
  }

  private final ServerSocket listening;
  private final Behaviour behaviour;

  RawServer(Behaviour behaviour) {
    this(behaviour, listen());
  }

  RawServer(Behaviour behaviour, ServerSocket listening) {
    this.behaviour = behaviour;
    this.listening = listening;
    Thread.ofVirtual().name("raw-server").start(this::accept);
  }

  /** Reads the request's head, then sends the text as it is and closes. */
  static RawServer answering(String text) {
    return new RawServer(socket -> {
      readHead(socket);
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
    });
  }

  static void readHead(Socket socket) throws IOException {
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    String line = reader.readLine();
    while (line != null && !line.isEmpty()) {
      line = reader.readLine();
    }
  }

  /** Until the other side gives up. */
  static void waitForTheEnd(Socket socket) throws IOException {
    while (socket.getInputStream().read() != -1) {
      continue;
    }
  }

  static ServerSocket listen() {
    try {
      return new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        Thread.ofVirtual().start(() -> meet(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void meet(Socket socket) {
    try (socket) {
      behaviour.meet(socket);
    } catch (SocketException e) {
      // The check gave up first, which is what many of these servers are for.
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return listening.getLocalPort();
  }

  String url(String scheme) {
    return scheme + "://127.0.0.1:" + port() + "/";
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
