package webmon.agent.check;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Handshake;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import webmon.configuration.Masking;
import webmon.result.Failure;

/** One request on a connection of its own, until its answer is read. */
final class HttpExchange {
  private static final int MOST_URL_BYTES = 2_000;

  private final OkHttpClient client;
  private final Resolver resolver;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final Masking masking;
  private final Duration timeout;
  private final boolean keepBody;

  /**
   * For one page.
   *
   * @param keepBody somebody will look at all of it
   * @param timeout of the whole check, as it is told to people
   */
  HttpExchange(
      OkHttpClient client,
      Resolver resolver,
      InstantSource clock,
      LongSupplier nanos,
      Masking masking,
      Duration timeout,
      boolean keepBody) {
    this.client = client;
    this.resolver = resolver;
    this.clock = clock;
    this.nanos = nanos;
    this.masking = masking;
    this.timeout = timeout;
    this.keepBody = keepBody;
  }

  /**
   * Sends the request and reads the answer.
   *
   * @param left until the check's deadline
   */
  Answer make(Request request, Duration left) throws InterruptedException {
    ExchangeRecorder recorder = new ExchangeRecorder(nanos);
    Body body = new Body(keepBody);
    Call call = fresh(recorder, left).newCall(request);
    try (Response response = call.execute()) {
      // Nobody looks at the body of a redirect, and it may never end.
      boolean whole = location(response) == null && body.fill(response.body().source());
      recorder.transferred();
      if (!whole) {
        // Else OkHttp would go on reading for a while to save a connection nobody wants.
        call.cancel();
      }
      return answer(request, recorder, body, whole, null);
    } catch (IOException e) {
      stopIfInterrupted(e);
      return answer(request, recorder, body, false, failure(e, request, recorder, body.bytes()));
    } catch (Exception e) {
      // Kotlin code throws InterruptedException without declaring it.
      stopIfInterrupted(e);
      throw e;
    }
  }

  /** A pool of its own, which keeps nothing: what another check has open is no measure for this. */
  private OkHttpClient fresh(ExchangeRecorder recorder, Duration left) {
    long deadline = nanos.getAsLong() + left.toNanos();
    return client
        .newBuilder()
        .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
        .callTimeout(Math.max(1, left.toMillis()), TimeUnit.MILLISECONDS)
        .dns(host -> resolve(host, Duration.ofNanos(deadline - nanos.getAsLong())))
        .eventListener(recorder)
        .addNetworkInterceptor(recorder)
        .build();
  }

  private List<InetAddress> resolve(String host, Duration left) throws UnknownHostException {
    try {
      return resolver.resolve(host, left);
    } catch (InterruptedIOException e) {
      // The interrupt is set again and found by whoever looks at this exception.
      UnknownHostException interrupted = new UnknownHostException(host);
      interrupted.initCause(e);
      throw interrupted;
    }
  }

  private static void stopIfInterrupted(Exception e) throws InterruptedException {
    if (e instanceof InterruptedException || Thread.interrupted()) {
      throw new InterruptedException("the check was interrupted");
    }
  }

  private Failure failure(
      IOException error, Request request, ExchangeRecorder recorder, long bodyBytes) {
    HttpUrl url = request.url();
    InetSocketAddress peer = recorder.peer();
    return FailureClassification.of(
        new Trouble(
            error,
            recorder.phase(),
            url.host(),
            peer == null ? url.host() + ":" + url.port() : ExchangeRecorder.text(peer),
            recorder.attempts(),
            recorder.inPhase(),
            timeout,
            bodyBytes,
            clock.instant()));
  }

  private Answer answer(
      Request request,
      ExchangeRecorder recorder,
      Body body,
      boolean whole,
      @Nullable Failure trouble) {
    InetSocketAddress peer = recorder.peer();
    Response response = recorder.response();
    long bytes = body.bytes();
    return new Answer(
        exchange(request, recorder, peer, response),
        trouble,
        response == null ? "" : body.text(response.body().contentType()),
        bytes,
        whole,
        peer != null && recorder.connected() ? peer.getAddress().getHostAddress() : null,
        recorder.certificateExpiresAt(),
        response == null || trouble != null ? null : location(response));
  }

  private static @Nullable String location(Response response) {
    return switch (response.code()) {
      case 301, 302, 303, 307, 308 -> response.header("Location");
      default -> null;
    };
  }

  private Exchange exchange(
      Request request,
      ExchangeRecorder recorder,
      @Nullable InetSocketAddress peer,
      @Nullable Response response) {
    Request sent = recorder.request() == null ? request : recorder.request();
    Handshake handshake = recorder.handshake();
    return new Exchange(
        masked(request.url().toString()),
        protocol(recorder.protocol()),
        handshake == null
            ? null
            : handshake.tlsVersion().javaName() + " " + handshake.cipherSuite().javaName(),
        peer == null ? null : ExchangeRecorder.text(peer),
        response == null ? null : response.code(),
        response == null ? "" : Excerpt.oneLine(response.message(), 60),
        recorder.phases(),
        Headers.masked(sent.headers(), masking),
        response == null ? List.of() : Headers.masked(response.headers(), masking));
  }

  private static @Nullable String protocol(@Nullable Protocol protocol) {
    if (protocol == null) {
      return null;
    }
    return switch (protocol) {
      case HTTP_1_0 -> "HTTP/1.0";
      case HTTP_1_1 -> "HTTP/1.1";
      case HTTP_2, H2_PRIOR_KNOWLEDGE -> "HTTP/2";
      case SPDY_3, QUIC, HTTP_3 -> protocol.toString();
    };
  }

  String masked(String text) {
    return Excerpt.oneLine(masking.mask(text), MOST_URL_BYTES);
  }
}
