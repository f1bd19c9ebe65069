package webmon.agent.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import webmon.result.Failure;
import webmon.result.FailureKind;

/** What no server on loopback can be made to do. */
class FailureClassificationTest {

  private static Trouble trouble(IOException error, Phase phase, Attempt... attempts) {
    return new Trouble(
        error,
        phase,
        "www.example.com",
        "10.0.0.7:443",
        List.of(attempts),
        Duration.ofMillis(3),
        Duration.ofSeconds(10),
        1_234,
        Instant.EPOCH);
  }

  private static Attempt attempt(String address, IOException error) {
    return new Attempt(address, Phase.CONNECT, error, Duration.ofMillis(3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Connection refused         | CONNECT_REFUSED  | connection refused by 10.0.0.7:443 after 3 ms
          Connection timed out       | CONNECT_TIMEOUT  | 10.0.0.7:443 did not answer to the connection after 3 ms
          Connection reset           | CONNECTION_RESET | 10.0.0.7:443 reset the connection at once after 3 ms
          Network is unreachable     | UNREACHABLE      | the network of 10.0.0.7:443 cannot be reached from here
          Permission denied          | UNREACHABLE      | 10.0.0.7:443 cannot be reached from here
          Too many open files        | INTERNAL         | the agent has too many open files: raise its limit
          """)
  void understandsTheWordsOfTheSystem(String words, FailureKind kind, String sentence) {
    IOException wrapped = new ConnectException("Failed to connect to /10.0.0.7:443");
    wrapped.initCause(new SocketException(words));

    assertThat(
            FailureClassification.of(
                trouble(wrapped, Phase.CONNECT, attempt("10.0.0.7:443", wrapped))))
        .isEqualTo(new Failure(kind, sentence));
  }

  @Test
  void saysThatThereIsNoRoute() {
    IOException error = new NoRouteToHostException("No route to host");
    assertThat(
            FailureClassification.of(trouble(error, Phase.CONNECT, attempt("10.0.0.7:443", error))))
        .isEqualTo(new Failure(FailureKind.UNREACHABLE, "there is no route to 10.0.0.7:443"));
  }

  @Test
  void saysOfSeveralAddressesWhatSaysMost() {
    IOException noNetwork = new SocketException("Network is unreachable");
    IOException refused = new ConnectException("Connection refused");

    assertThat(
            FailureClassification.of(
                trouble(
                    noNetwork,
                    Phase.CONNECT,
                    attempt("[2001:db8::7]:443", noNetwork),
                    attempt("10.0.0.7:443", refused))))
        .isEqualTo(
            new Failure(
                FailureKind.CONNECT_REFUSED, "connection refused by 10.0.0.7:443 after 3 ms"));
  }

  @ParameterizedTest
  @CsvSource({
    "DNS, DNS",
    "CONNECT, CONNECT_TIMEOUT",
    "TLS, TIMEOUT",
    "REQUEST, TIMEOUT",
    "WAIT, TIMEOUT",
    "TRANSFER, TIMEOUT"
  })
  void tellsATimeoutBeforeTheConnectionFromOneAfter(Phase phase, FailureKind kind) {
    Failure failure =
        FailureClassification.of(trouble(new InterruptedIOException("timeout"), phase));

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.message()).contains("within 10 s");
  }

  @Test
  void understandsHttp2() {
    assertThat(
            FailureClassification.of(
                trouble(new IOException("stream was reset: REFUSED_STREAM"), Phase.WAIT)))
        .isEqualTo(
            new Failure(
                FailureKind.CONNECTION_RESET,
                "10.0.0.7:443 reset the stream (refused_stream) before it answered, after 3 ms"));
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void neverRepeatsWhatItDoesNotUnderstand(Phase phase) {
    IOException odd =
        new IOException("java.lang.IllegalStateException: https://amy:hunter22@x", new Error("?"));

    Failure failure = FailureClassification.of(trouble(odd, phase));

    assertThat(failure.message()).isNotBlank().doesNotContain("Exception", "hunter22", "null");
  }
}
