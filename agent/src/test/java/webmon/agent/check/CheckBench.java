package webmon.agent.check;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;
import webmon.configuration.WebPage;
import webmon.configuration.WebPageBuilder;
import webmon.result.Failure;
import webmon.result.FailureKind;
import webmon.result.Observation;

/** Checks pages for a test, trusting the certificates it is given. */
final class CheckBench implements AutoCloseable {
  private final HttpChecks checks;

  CheckBench(HeldCertificate... anchors) {
    this(Resolver.ofSystem(), anchors);
  }

  CheckBench(Resolver resolver, HeldCertificate... anchors) {
    this.checks =
        new HttpChecks(
            "webmon/test", InstantSource.system(), System::nanoTime, store(anchors), resolver);
  }

  private static @Nullable KeyStore store(HeldCertificate... anchors) {
    if (anchors.length == 0) {
      return null;
    }
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (int i = 0; i < anchors.length; i++) {
        store.setCertificateEntry("anchor-" + i, anchors[i].certificate());
      }
      return store;
    } catch (GeneralSecurityException | java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpCheck of(WebPage page) {
    return checks.of(page);
  }

  Inspection inspect(String url, UnaryOperator<WebPageBuilder> how) throws InterruptedException {
    return checks.of(how.apply(WebPage.builder(url)).build()).inspect();
  }

  Observation check(String url, UnaryOperator<WebPageBuilder> how) throws InterruptedException {
    return inspect(url, how).observation();
  }

  Observation check(String url) throws InterruptedException {
    return check(url, page -> page);
  }

  /** The kind of the failure and its sentence. */
  static Failure failure(Observation observation) {
    Failure failure = observation.failure();
    return failure == null ? new Failure(FailureKind.OTHER, "it is up") : failure;
  }

  @Override
  public void close() {
    checks.close();
  }
}
