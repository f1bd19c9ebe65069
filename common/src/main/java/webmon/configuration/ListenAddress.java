package webmon.configuration;

/**
 * Where a server listens.
 *
 * @param host a name or address, IPv6 without its brackets
 * @param port 0: any that is free
 */
public record ListenAddress(String host, int port) {

  /** As in the configuration file: {@code host:port}, {@code [::1]:8080}. */
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
