package webmon.server.ingest;

/**
 * What a transport brought: with luck, a compact JWE.
 *
 * @param sealed the text as it came, of any length
 */
public record Delivery(String sealed, Transport transport) {}
