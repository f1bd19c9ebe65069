package webmon.agent.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.Interceptor;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import webmon.result.Phases;

/**
 * Watches one call: when each phase began and ended, and what went over the wire. OkHttp races
 * connections to several addresses on threads of its own, so every method is synchronized.
 */
final class ExchangeRecorder extends EventListener implements Interceptor {
  private final LongSupplier nanos;
  private final List<Attempt> attempts = new ArrayList<>();
  private final Map<InetSocketAddress, Long> connecting = new HashMap<>();
  private Phase phase = Phase.DNS;
  private long phaseStart;
  private @Nullable Long dns;
  private @Nullable Long connect;
  private @Nullable Long tls;
  private @Nullable Long waiting;
  private @Nullable Long transfer;
  private @Nullable InetSocketAddress peer;
  private boolean connected;
  private @Nullable Request request;
  private @Nullable Response response;
  private @Nullable Handshake handshake;
  private @Nullable Protocol protocol;
  private @Nullable Instant certificateExpiresAt;

  ExchangeRecorder(LongSupplier nanos) {
    this.nanos = nanos;
    this.phaseStart = nanos.getAsLong();
  }

  private void enter(Phase next) {
    phase = next;
    phaseStart = nanos.getAsLong();
  }

  private long micros() {
    return (nanos.getAsLong() - phaseStart) / 1_000;
  }

  @Override
  public synchronized void dnsStart(Call call, String name) {
    enter(Phase.DNS);
  }

  @Override
  public synchronized void dnsEnd(Call call, String name, List<InetAddress> addresses) {
    dns = micros();
  }

  @Override
  public synchronized void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
    connecting.put(address, nanos.getAsLong());
    if (phase != Phase.CONNECT) {
      enter(Phase.CONNECT);
    }
  }

  @Override
  public synchronized void secureConnectStart(Call call) {
    enter(Phase.TLS);
  }

  @Override
  public synchronized void secureConnectEnd(Call call, @Nullable Handshake made) {
    tls = micros();
  }

  @Override
  public synchronized void connectEnd(
      Call call, InetSocketAddress address, Proxy proxy, @Nullable Protocol agreed) {
    peer = address;
    connected = true;
    long began = connecting.getOrDefault(address, phaseStart);
    // OkHttp counts TLS as a part of connecting.
    long ended = tls == null ? nanos.getAsLong() : phaseStart;
    connect = (ended - began) / 1_000;
  }

  @Override
  public synchronized void connectFailed(
      Call call,
      InetSocketAddress address,
      Proxy proxy,
      @Nullable Protocol agreed,
      IOException error) {
    long began = phase == Phase.TLS ? phaseStart : connecting.getOrDefault(address, phaseStart);
    Duration elapsed = Duration.ofNanos(nanos.getAsLong() - began);
    attempts.add(new Attempt(text(address), phase, error, elapsed));
    if (phase == Phase.TLS) {
      connected = true;
      connect = (phaseStart - connecting.getOrDefault(address, phaseStart)) / 1_000;
    }
    if (peer == null) {
      peer = address;
    }
  }

  @Override
  public synchronized void requestHeadersStart(Call call) {
    enter(Phase.REQUEST);
  }

  @Override
  public synchronized void requestHeadersEnd(Call call, Request sent) {
    enter(Phase.WAIT);
  }

  @Override
  public synchronized void requestBodyEnd(Call call, long bytes) {
    enter(Phase.WAIT);
  }

  @Override
  public synchronized void responseHeadersStart(Call call) {
    waiting = micros();
    enter(Phase.TRANSFER);
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Connection connection = chain.connection();
    if (connection != null) {
      useOf(connection);
    }
    sent(chain.request());
    Response answer = chain.proceed(chain.request());
    answered(answer);
    // With "Retry-After: 0" OkHttp would ask again at once: a hidden retry.
    return answer.code() == 503 ? answer.newBuilder().removeHeader("Retry-After").build() : answer;
  }

  private synchronized void sent(Request wholeRequest) {
    request = wholeRequest;
  }

  private synchronized void answered(Response wholeResponse) {
    response = wholeResponse;
  }

  private synchronized void useOf(Connection connection) {
    protocol = connection.protocol();
    handshake = connection.handshake();
    peer = connection.route().socketAddress();
    if (connection.socket() instanceof SSLSocket socket) {
      certificateExpiresAt = earliestEnd(socket);
    }
  }

  private static @Nullable Instant earliestEnd(SSLSocket socket) {
    try {
      Instant earliest = null;
      for (Certificate certificate : socket.getSession().getPeerCertificates()) {
        Instant end = ((X509Certificate) certificate).getNotAfter().toInstant();
        earliest = earliest == null || end.isBefore(earliest) ? end : earliest;
      }
      return earliest;
    } catch (SSLPeerUnverifiedException e) {
      // A cipher suite without certificates; OkHttp offers none.
      return null;
    }
  }

  synchronized void transferred() {
    transfer = micros();
  }

  synchronized Phases phases() {
    return new Phases(dns, connect, tls, waiting, transfer);
  }

  synchronized Phase phase() {
    return phase;
  }

  synchronized Duration inPhase() {
    return Duration.ofNanos(nanos.getAsLong() - phaseStart);
  }

  synchronized List<Attempt> attempts() {
    return List.copyOf(attempts);
  }

  synchronized @Nullable InetSocketAddress peer() {
    return peer;
  }

  /** Whether there was ever a connection to the {@link #peer}. */
  synchronized boolean connected() {
    return connected;
  }

  synchronized @Nullable Request request() {
    return request;
  }

  synchronized @Nullable Response response() {
    return response;
  }

  synchronized @Nullable Handshake handshake() {
    return handshake;
  }

  synchronized @Nullable Protocol protocol() {
    return protocol;
  }

  synchronized @Nullable Instant certificateExpiresAt() {
    return certificateExpiresAt;
  }

  /** {@code 10.0.0.7:443}, {@code [::1]:443}. */
  static String text(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
