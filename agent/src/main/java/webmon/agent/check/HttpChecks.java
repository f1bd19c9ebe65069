package webmon.agent.check;

import java.net.Proxy;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import okhttp3.CookieJar;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;
import webmon.configuration.WebPage;

/**
 * Makes HTTP checks that share what may be shared: trust and the threads for DNS, which {@link
 * #close} ends. Make one early in the life of a process, before anything looks a name up: it turns
 * off the JDK's cache of DNS answers, which can be done only then.
 */
public final class HttpChecks implements AutoCloseable {
  private final OkHttpClient client;
  private final Resolver resolver;
  private final String userAgent;
  private final InstantSource clock;
  private final LongSupplier nanos;

  public HttpChecks(String userAgent, InstantSource clock, LongSupplier nanos) {
    this(userAgent, clock, nanos, null, Resolver.ofSystem());
  }

  /**
   * As above, with trust and names of its own.
   *
   * @param anchors null: what the JDK trusts
   * @param resolver closed with this object
   */
  HttpChecks(
      String userAgent,
      InstantSource clock,
      LongSupplier nanos,
      @Nullable KeyStore anchors,
      Resolver resolver) {
    this.userAgent = userAgent;
    this.clock = clock;
    this.nanos = nanos;
    this.resolver = resolver;
    ServedChainTrust trust = ServedChainTrust.of(anchors);
    // No limit of its own for any part: the call's deadline is the only one.
    this.client =
        new OkHttpClient.Builder()
            .connectTimeout(0, TimeUnit.SECONDS)
            .readTimeout(0, TimeUnit.SECONDS)
            .writeTimeout(0, TimeUnit.SECONDS)
            .protocols(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1))
            .proxy(Proxy.NO_PROXY)
            .cookieJar(CookieJar.NO_COOKIES)
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .sslSocketFactory(new FreshTls(trust), trust)
            .build();
  }

  /** The check of a page. It may be used until this object is closed. */
  public HttpCheck of(WebPage page) {
    HttpExchange exchange =
        new HttpExchange(
            client,
            resolver,
            clock,
            nanos,
            page.masking(),
            page.timeout(),
            !page.contentPatterns().isEmpty());
    return new HttpCheck(page, exchange, userAgent, nanos);
  }

  @Override
  public void close() {
    resolver.close();
  }
}
