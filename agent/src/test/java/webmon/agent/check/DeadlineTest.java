package webmon.agent.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import webmon.result.Failure;
import webmon.result.FailureKind;
import webmon.result.Observation;
import webmon.result.Status;

/** No page may hold a check beyond its deadline: without it, these tests would never end. */
@Timeout(30)
class DeadlineTest {
  private static final Duration DEADLINE = Duration.ofMillis(400);

  private final CheckBench bench = new CheckBench();

  @AfterEach
  void close() {
    bench.close();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private Failure failure(RawServer server, String scheme) throws InterruptedException {
    Observation seen = bench.check(server.url(scheme), page -> page.timeout(DEADLINE));
    assertThat(seen.status()).isEqualTo(Status.DOWN);
    assertThat(seen.duration()).isGreaterThanOrEqualTo(DEADLINE.minusMillis(5));
    return CheckBench.failure(seen);
  }

  @Test
  void endsWaitingForAnAnswer() throws Exception {
    try (RawServer server = new RawServer(RawServer::waitForTheEnd)) {
      assertThat(failure(server, "http"))
          .isEqualTo(
              new Failure(
                  FailureKind.TIMEOUT,
                  "127.0.0.1:" + server.port() + " did not answer within 400 ms"));
    }
  }

  @Test
  void endsAHandshakeThatDoesNot() throws Exception {
    try (RawServer server = new RawServer(RawServer::waitForTheEnd)) {
      assertThat(failure(server, "https"))
          .isEqualTo(
              new Failure(
                  FailureKind.TIMEOUT,
                  "the TLS handshake with 127.0.0.1:"
                      + server.port()
                      + " did not end within 400 ms"));
    }
  }

  @Test
  void endsABodyThatDoesNot() throws Exception {
    try (RawServer server =
        new RawServer(socket -> {
          RawServer.readHead(socket);
          socket.getOutputStream().write(ascii("HTTP/1.1 200 OK\r\n\r\n12345"));
          RawServer.waitForTheEnd(socket);
        })) {
      assertThat(failure(server, "http"))
          .isEqualTo(
              new Failure(
                  FailureKind.TIMEOUT,
                  "the answer of 127.0.0.1:"
                      + server.port()
                      + " did not end within 400 ms; 5 bytes came"));
    }
  }

  @Test
  void endsBytesThatDrip() throws Exception {
    try (RawServer head = new RawServer(socket -> drip(socket, "HTTP/1.1 200 OK\r\nX-Slow: "));
        RawServer body = new RawServer(socket -> drip(socket, "HTTP/1.1 200 OK\r\n\r\n"))) {
      assertThat(failure(head, "http").kind()).isEqualTo(FailureKind.TIMEOUT);
      assertThat(failure(body, "http").kind()).isEqualTo(FailureKind.TIMEOUT);
    }
  }

  private static void drip(Socket socket, String beginning) throws java.io.IOException {
    RawServer.readHead(socket);
    socket.getOutputStream().write(ascii(beginning));
    socket.setSoTimeout(20);
    while (true) {
      socket.getOutputStream().write('x');
      try {
        if (socket.getInputStream().read() == -1) {
          return;
        }
      } catch (java.net.SocketTimeoutException e) {
        continue;
      }
    }
  }

  @Test
  void stopsReadingAPackedBodyThatUnpacksToMuch() throws Exception {
    try (RawServer bomb =
        new RawServer(socket -> {
          RawServer.readHead(socket);
          OutputStream out = socket.getOutputStream();
          out.write(ascii("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"));
          try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            byte[] zeros = new byte[64 * 1024];
            for (int i = 0; i < 16 * 1024; i++) {
              gzip.write(zeros);
            }
          }
        })) {
      Observation seen = bench.check(bomb.url("http"));

      assertThat(seen.status()).isEqualTo(Status.UP);
      assertThat(seen.bodyBytes()).isEqualTo(Body.MOST_BYTES);
    }
  }

  @Test
  void endsAConnectionThatIsNotTaken() throws Exception {
    // A full backlog: the kernel lets further connections wait.
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    try (var deaf = new java.net.ServerSocket(0, 1, loopback)) {
      java.util.List<Socket> fillers = new java.util.ArrayList<>();
      try {
        for (int i = 0; i < 8; i++) {
          Socket filler = new Socket();
          fillers.add(filler);
          filler.connect(deaf.getLocalSocketAddress(), 100);
        }
      } catch (java.net.SocketTimeoutException e) {
        assertThat(fillers).hasSizeGreaterThan(1);
      }

      Observation seen =
          bench.check(
              "http://127.0.0.1:" + deaf.getLocalPort() + "/", page -> page.timeout(DEADLINE));

      assertThat(CheckBench.failure(seen))
          .isEqualTo(
              new Failure(
                  FailureKind.CONNECT_TIMEOUT,
                  "no connection to 127.0.0.1:" + deaf.getLocalPort() + " within 400 ms"));
      for (Socket filler : fillers) {
        filler.close();
      }
    }
  }

  @Test
  void endsALookUpThatHangs() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    Resolver hanging =
        new Resolver(host -> {
          try {
            answer.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return new InetAddress[] {InetAddress.getLoopbackAddress()};
        });
    try (CheckBench own = new CheckBench(hanging)) {
      Observation seen = own.check("http://www.example.com/", page -> page.timeout(DEADLINE));

      assertThat(CheckBench.failure(seen))
          .isEqualTo(
              new Failure(FailureKind.DNS, "DNS did not answer for www.example.com within 400 ms"));
      answer.countDown();
    }
  }

  @Test
  void stopsAtOnceWhenInterrupted() throws Exception {
    CountDownLatch met = new CountDownLatch(1);
    AtomicReference<@Nullable Throwable> end = new AtomicReference<>();
    try (RawServer server =
        new RawServer(socket -> {
          met.countDown();
          RawServer.waitForTheEnd(socket);
        })) {
      Thread checking =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  bench.check(server.url("http"));
                } catch (Throwable e) {
                  end.set(e);
                }
              });
      met.await();
      checking.interrupt();

      Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> !checking.isAlive());
      assertThat(end.get()).isInstanceOf(InterruptedException.class);
    }
  }
}
