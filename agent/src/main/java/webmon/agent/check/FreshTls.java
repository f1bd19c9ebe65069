package webmon.agent.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * Full handshakes only. A context remembers sessions and would resume them, so that the time of a
 * handshake would depend on when the last check was; each connection gets a context of its own.
 * Layers TLS over connected sockets and opens none itself. The name is verified with the chain.
 */
final class FreshTls extends SSLSocketFactory {
  private final TrustManager[] trust;
  private final SSLSocketFactory template;

  FreshTls(ServedChainTrust trust) {
    this.trust = new TrustManager[] {trust};
    this.template = context().getSocketFactory();
  }

  private SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
  }

  @Override
  public Socket createSocket(Socket connected, String host, int port, boolean autoClose)
      throws IOException {
    SSLSocket socket =
        (SSLSocket) context().getSocketFactory().createSocket(connected, host, port, autoClose);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    return socket;
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return template.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return template.getSupportedCipherSuites();
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw connectsNothing();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
    throw connectsNothing();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw connectsNothing();
  }

  @Override
  public Socket createSocket(
      InetAddress address, int port, InetAddress localAddress, int localPort) {
    throw connectsNothing();
  }

  private static UnsupportedOperationException connectsNothing() {
    return new UnsupportedOperationException("TLS is layered over a connected socket");
  }
}
