package webmon.agent.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import webmon.result.Failure;
import webmon.result.FailureKind;
import webmon.result.Observation;
import webmon.result.Status;

/** Each against a server, or the lack of one, that really does it. */
class ConnectionFailureTest {
  private final CheckBench bench = new CheckBench();

  @AfterEach
  void close() {
    bench.close();
  }

  private Failure failure(String url) throws InterruptedException {
    Observation seen = bench.check(url);
    assertThat(seen.status()).isEqualTo(Status.DOWN);
    return CheckBench.failure(seen);
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = RawServer.listen()) {
      return socket.getLocalPort();
    }
  }

  @Test
  void isRefused() throws Exception {
    int port = freePort();

    Failure failure = failure("http://127.0.0.1:" + port + "/");

    assertThat(failure.kind()).isEqualTo(FailureKind.CONNECT_REFUSED);
    assertThat(failure.message())
        .matches("connection refused by 127\\.0\\.0\\.1:" + port + " after [0-9.]+ ms");
  }

  @Test
  void isRefusedByEachOfSeveralAddresses() throws Exception {
    int port = freePort();
    assertThat(failure("http://localhost:" + port + "/").kind())
        .isEqualTo(FailureKind.CONNECT_REFUSED);
  }

  @Test
  void doesNotFindTheName() throws Exception {
    Failure failure = failure("http://no-such-host.invalid/");

    assertThat(failure.kind()).isEqualTo(FailureKind.DNS);
    assertThat(failure.message()).contains("no-such-host.invalid").doesNotContain("Exception");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Name or service not known",
        "Temporary failure in name resolution",
        "No address associated with hostname"
      })
  void saysWhatDnsSaid(String words) throws Exception {
    try (CheckBench own =
        new CheckBench(
            new Resolver(host -> {
              throw new UnknownHostException(host + ": " + words);
            }))) {
      Failure failure = CheckBench.failure(own.check("http://www.example.com/"));

      assertThat(failure.kind()).isEqualTo(FailureKind.DNS);
      assertThat(failure.message())
          .isEqualTo(
              switch (words.charAt(0)) {
                case 'T' -> "DNS gave no answer for www.example.com (a temporary failure, it says)";
                case 'N' ->
                    words.startsWith("No ")
                        ? "the name www.example.com has no address in DNS"
                        : "the name www.example.com is not known to DNS";
                default -> throw new AssertionError(words);
              });
    }
  }

  @Test
  void isResetBeforeTheAnswer() throws Exception {
    try (RawServer server =
        new RawServer(socket -> {
          RawServer.readHead(socket);
          socket.setSoLinger(true, 0);
        })) {
      Failure failure = failure(server.url("http"));

      assertThat(failure.kind()).isEqualTo(FailureKind.CONNECTION_RESET);
      assertThat(failure.message())
          .startsWith("127.0.0.1:" + server.port() + " reset the connection before it answered");
    }
  }

  @Test
  void isClosedWithoutAnAnswer() throws Exception {
    try (RawServer server = RawServer.answering("")) {
      Failure failure = failure(server.url("http"));

      assertThat(failure.kind()).isEqualTo(FailureKind.CONNECTION_RESET);
      assertThat(failure.message())
          .startsWith("127.0.0.1:" + server.port() + " closed the connection before it answered");
    }
  }

  @Test
  void isClosedInTheMiddleOfTheAnswer() throws Exception {
    try (RawServer server =
        RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this")) {
      Observation seen = bench.check(server.url("http"), page -> page.contentPatterns("this"));

      assertThat(CheckBench.failure(seen).kind()).isEqualTo(FailureKind.CONNECTION_RESET);
      assertThat(CheckBench.failure(seen).message())
          .isEqualTo(
              "127.0.0.1:"
                  + server.port()
                  + " closed the connection in the middle of its answer; 9 bytes came");
      assertThat(seen.httpStatus()).isEqualTo(200);
      assertThat(seen.contentMatched()).isNull();
      assertThat(seen.excerpt()).isEqualTo("only this");
    }
  }

  @Test
  void isResetInTheMiddleOfTheAnswer() throws Exception {
    try (RawServer server =
        new RawServer(socket -> {
          RawServer.readHead(socket);
          byte[] part =
              "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this"
                  .getBytes(StandardCharsets.US_ASCII);
          socket.getOutputStream().write(part);
          socket.setSoLinger(true, 0);
        })) {
      assertThat(failure(server.url("http")).kind()).isEqualTo(FailureKind.CONNECTION_RESET);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.2\r\n",
        "garbage without an end",
        "HTTP/1.1 two hundred\r\n\r\n",
        "\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Encoding: gzip\r\n\r\nnope",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnot-hex\r\n",
        "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n12345"
      })
  void isAnsweredWithSomethingElseThanHttp(String answer) throws Exception {
    try (RawServer server = RawServer.answering(answer)) {
      Failure failure = failure(server.url("http"));

      assertThat(failure.kind()).as(failure.message()).isEqualTo(FailureKind.PROTOCOL);
      assertThat(failure.message())
          .contains("127.0.0.1:" + server.port())
          .doesNotContain("Exception", "java.");
    }
  }

  @Test
  void takesNoHeadWithoutAnEnd() throws Exception {
    try (RawServer server =
        new RawServer(socket -> {
          RawServer.readHead(socket);
          byte[] line =
              ("X-Filler: " + "x".repeat(990) + "\r\n").getBytes(StandardCharsets.US_ASCII);
          socket.getOutputStream().write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
          for (int i = 0; i < 2_000; i++) {
            socket.getOutputStream().write(line);
          }
        })) {
      assertThat(failure(server.url("http")).kind()).isEqualTo(FailureKind.PROTOCOL);
    }
  }
}
