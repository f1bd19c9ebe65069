package webmon.agent.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Protocol;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import webmon.configuration.WebPage;
import webmon.result.Failure;
import webmon.result.FailureKind;
import webmon.result.Observation;
import webmon.result.Status;

class TlsFailureTest {
  private static final Instant NOW = Instant.now();

  private final HeldCertificate authority =
      new HeldCertificate.Builder().commonName("Test Authority").certificateAuthority(0).build();
  private final CheckBench bench = new CheckBench(authority);
  private final MockWebServer site = new MockWebServer();

  @AfterEach
  void close() {
    bench.close();
    site.close();
  }

  private HeldCertificate.Builder certificate() {
    return new HeldCertificate.Builder()
        .commonName("www.example.com")
        .addSubjectAlternativeName("localhost")
        .addSubjectAlternativeName("127.0.0.1")
        .signedBy(authority);
  }

  private void serve(HeldCertificate certificate) throws IOException {
    HandshakeCertificates held =
        new HandshakeCertificates.Builder().heldCertificate(certificate).build();
    site.useHttps(held.sslSocketFactory());
    site.start();
    site.enqueue(new MockResponse.Builder().body("secure").build());
  }

  private String url(String host) {
    return "https://" + host + ":" + site.getPort() + "/";
  }

  private static long millis(Instant time) {
    return time.toEpochMilli();
  }

  @ParameterizedTest
  @EnumSource(
      value = Protocol.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void isUpAndSaysWhenTheCertificateEnds(Protocol protocol) throws Exception {
    Instant end = NOW.plus(Duration.ofDays(30));
    site.setProtocols(
        protocol == Protocol.HTTP_2 ? List.of(protocol, Protocol.HTTP_1_1) : List.of(protocol));
    serve(certificate().validityInterval(millis(NOW) - 1_000, millis(end)).build());

    Inspection inspection = bench.inspect(url("localhost"), page -> page.contentPatterns("secure"));

    Observation seen = inspection.observation();
    assertThat(seen.status()).isEqualTo(Status.UP);
    assertThat(seen.phases().tls()).isPositive();
    assertThat(seen.phases().dns()).isNotNull();
    assertThat(seen.certificateExpiresAt()).isEqualTo(Instant.ofEpochSecond(end.getEpochSecond()));
    assertThat(inspection.exchanges().getFirst().protocol())
        .isEqualTo(protocol == Protocol.HTTP_2 ? "HTTP/2" : "HTTP/1.1");
    assertThat(inspection.exchanges().getFirst().tls()).startsWith("TLSv1.3");
  }

  @Test
  void makesAFullHandshakeEachTime() throws Exception {
    SSLServerSocket listening =
        (SSLServerSocket)
            new HandshakeCertificates.Builder()
                .heldCertificate(certificate().build())
                .build()
                .sslContext()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    // Up to TLS 1.2 a session that is resumed keeps its id.
    listening.setEnabledProtocols(new String[] {"TLSv1.2"});
    Queue<String> sessions = new ConcurrentLinkedQueue<>();
    RawServer.Behaviour remembering =
        socket -> {
          RawServer.readHead(socket);
          sessions.add(HexFormat.of().formatHex(((SSLSocket) socket).getSession().getId()));
          socket.getOutputStream().write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(UTF_8));
        };
    try (RawServer server = new RawServer(remembering, listening)) {
      HttpCheck check = bench.of(WebPage.builder(server.url("https")).build());
      for (int i = 0; i < 3; i++) {
        assertThat(check.run().status()).isEqualTo(Status.UP);
      }
      assertThat(sessions).hasSize(3).doesNotHaveDuplicates();
    }
  }

  @Test
  void doesNotTrustACertificateSignedByItself() throws Exception {
    serve(new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build());

    Failure failure = CheckBench.failure(bench.check(url("localhost")));

    assertThat(failure)
        .isEqualTo(
            new Failure(
                FailureKind.CERTIFICATE_UNTRUSTED,
                "the certificate of localhost is signed by itself, so nobody vouches for it"));
  }

  @Test
  void doesNotTrustAnAuthorityNobodyKnows() throws Exception {
    HeldCertificate unknown =
        new HeldCertificate.Builder().commonName("Shady & Sons").certificateAuthority(0).build();
    serve(certificate().signedBy(unknown).build());

    Failure failure = CheckBench.failure(bench.check(url("localhost")));

    assertThat(failure.kind()).isEqualTo(FailureKind.CERTIFICATE_UNTRUSTED);
    assertThat(failure.message())
        .isEqualTo(
            "the certificate of localhost leads to Shady & Sons, which this machine does not trust"
                + " (or the server leaves its issuer's out)");
  }

  @Test
  void noticesThatTheCertificateExpired() throws Exception {
    Instant end = NOW.minus(Duration.ofDays(21));
    serve(
        certificate()
            .validityInterval(millis(end.minus(Duration.ofDays(90))), millis(end))
            .build());

    Failure failure = CheckBench.failure(bench.check(url("localhost")));

    assertThat(failure.kind()).isEqualTo(FailureKind.CERTIFICATE_EXPIRED);
    assertThat(failure.message())
        .isEqualTo(
            "the certificate of localhost expired on "
                + end.toString().substring(0, 10)
                + ", 21 days ago");
  }

  @Test
  void noticesThatTheCertificateIsNotValidYet() throws Exception {
    Instant from = NOW.plus(Duration.ofDays(2));
    serve(
        certificate()
            .validityInterval(millis(from), millis(from.plus(Duration.ofDays(2))))
            .build());

    Failure failure = CheckBench.failure(bench.check(url("localhost")));

    assertThat(failure.kind()).isEqualTo(FailureKind.CERTIFICATE_EXPIRED);
    assertThat(failure.message()).contains("is not valid before");
  }

  @Test
  void noticesACertificateForAnotherName() throws Exception {
    serve(
        new HeldCertificate.Builder()
            .addSubjectAlternativeName("www.example.com")
            .addSubjectAlternativeName("*.example.org")
            .signedBy(authority)
            .build());

    assertThat(CheckBench.failure(bench.check(url("localhost"))))
        .isEqualTo(
            new Failure(
                FailureKind.CERTIFICATE_HOSTNAME,
                "the certificate is for www.example.com, *.example.org, not for localhost"));
    assertThat(CheckBench.failure(bench.check(url("127.0.0.1"))).kind())
        .isEqualTo(FailureKind.CERTIFICATE_HOSTNAME);
  }

  @Test
  void noticesThatThePortDoesNotSpeakTls() throws Exception {
    RawServer.Behaviour complaining =
        socket -> {
          socket.getInputStream().read(new byte[4096]);
          socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
        };
    try (RawServer plain = new RawServer(complaining)) {
      Failure failure = CheckBench.failure(bench.check(plain.url("https")));

      assertThat(failure.kind()).as(failure.message()).isEqualTo(FailureKind.TLS);
      assertThat(failure.message())
          .isEqualTo(
              "127.0.0.1:" + plain.port() + " does not speak TLS on this port (is it http://?)");
    }
  }

  @Test
  void noticesThatTheHandshakeIsRefused() throws Exception {
    // The alert handshake_failure (40), level fatal, in a TLS 1.2 record.
    try (RawServer server =
        new RawServer(socket -> {
          socket.getInputStream().read(new byte[4096]);
          socket.getOutputStream().write(new byte[] {21, 3, 3, 0, 2, 2, 40});
        })) {
      Failure failure = CheckBench.failure(bench.check(server.url("https")));

      assertThat(failure)
          .isEqualTo(
              new Failure(
                  FailureKind.TLS,
                  "127.0.0.1:" + server.port() + " refused the TLS handshake (handshake failure)"));
    }
  }

  @Test
  void tellsAClosedHandshakeFromAResetOne() throws Exception {
    try (RawServer closing = new RawServer(socket -> socket.getInputStream().read(new byte[4096]));
        RawServer resetting =
            new RawServer(socket -> {
              socket.getInputStream().read(new byte[4096]);
              socket.setSoLinger(true, 0);
            })) {
      assertThat(CheckBench.failure(bench.check(closing.url("https"))).kind())
          .isEqualTo(FailureKind.TLS);
      assertThat(CheckBench.failure(bench.check(resetting.url("https"))).kind())
          .isEqualTo(FailureKind.CONNECTION_RESET);
    }
  }
}
