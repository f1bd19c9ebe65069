package webmon.agent.check;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;

/** A chain that was refused, with the chain, which the JDK's own exceptions leave out. */
final class ServedChainException extends CertificateException {
  private final transient List<X509Certificate> chain;
  private final boolean trusted;

  /**
   * @param trusted only the name is wrong
   */
  ServedChainException(List<X509Certificate> chain, boolean trusted, CertificateException cause) {
    super(cause);
    this.chain = List.copyOf(chain);
    this.trusted = trusted;
  }

  /** The server's own certificate first, as it was served. */
  List<X509Certificate> chain() {
    return chain;
  }

  boolean trusted() {
    return trusted;
  }
}
