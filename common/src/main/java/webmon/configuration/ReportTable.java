package webmon.configuration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlTable;

/** {@code [report]}. */
final class ReportTable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final ValueType<TransportKind> TRANSPORT =
      new ValueType<>(
          "\"sqs\" or \"https\"",
          value -> {
            String word = ValueTypes.choice(List.of("sqs", "https")).reader().read(value);
            return word == null
                ? null
                : word.equals("sqs") ? TransportKind.SQS : TransportKind.HTTPS;
          });

  private static final ValueType<List<TransportKind>> TRANSPORT_LIST =
      new ValueType<>(
          "an array of " + TRANSPORT.allowed() + ", each once",
          value -> {
            List<TransportKind> kinds = ValueTypes.list(value, TRANSPORT.reader());
            return kinds != null && new LinkedHashSet<>(kinds).size() < kinds.size()
                ? value.wrong("must not name a transport twice")
                : kinds;
          });

  private static final ValueType<List<String>> JWKS =
      new ValueType<>(
          "an array of public JWKs, as inline tables or as strings of JSON",
          value -> ValueTypes.list(value, ReportTable::jwk));

  static final Key<List<TransportKind>> TRANSPORTS =
      Key.of(
              "transports",
              TRANSPORT_LIST,
              "how reports travel, tried in this order",
              "[\"sqs\", \"https\"]")
          .otherwise("those whose address is given, sqs first");
  static final Key<URI> QUEUE_URL =
      Key.of(
          "queue_url",
          PageUrl.ADDRESS,
          "the SQS queue, for the transport sqs",
          "\"https://sqs.eu-north-1.amazonaws.com/123456789012/webmon-reports\"");
  static final Key<URI> SERVER_URL =
      Key.of(
              "server_url",
              PageUrl.ADDRESS,
              "the server, for the transport https and for its acknowledgements",
              "\"https://webmon.example.com\"")
          .otherwise("a report ends when the queue has accepted it");
  static final Key<Secret> API_KEY =
      Key.of(
              "api_key",
              ValueTypes.SECRET,
              "the agent's key at the server, with the scope ingest",
              "\"${WEBMON_API_KEY}\"")
          .hidden(Privacy.WHOLE);
  static final Key<String> DEPLOYMENT =
      Key.of(
          "deployment",
          ValueTypes.matching(
              "32 lower-case hexadecimal digits", text -> text.matches("[0-9a-f]{32}")),
          "the server's id, printed when the agent is registered",
          "\"00112233445566778899aabbccddeeff\"");
  static final Key<List<String>> SERVER_KEYS =
      Key.of(
          "server_keys",
          JWKS,
          "the server's public keys, printed when the agent is registered",
          "[{ kty = \"OKP\", crv = \"X25519\", use = \"enc\", x = \"…\" }]");
  static final Key<Duration> FLUSH_INTERVAL =
      Key.of(
              "flush_interval",
              Durations.between(Duration.ofMillis(100), Duration.ofHours(1)),
              "how long good results may wait for others to share a report with",
              "10")
          .standard("10");
  static final Key<Duration> RESEND_AFTER =
      Key.of(
              "resend_after",
              Durations.between(Duration.ofMillis(100), Duration.ofDays(1)),
              "how long a report may stay without acknowledgement until it is sent again",
              "\"5m\"")
          .standard("\"5m\"");
  static final Key<Object> OAUTH =
      Key.later(
          "oauth",
          "an OAuth 2 client instead of api_key",
          "{ token_url = \"https://login.example.com/token\", client_id = \"webmon\" }");

  static final Schema SCHEMA =
      new Schema(
          "report",
          false,
          Section.REPORT,
          "Where results go. Without this table they are only written to the result log.",
          List.of(
              TRANSPORTS,
              QUEUE_URL,
              SERVER_URL,
              API_KEY,
              DEPLOYMENT,
              SERVER_KEYS,
              FLUSH_INTERVAL,
              RESEND_AFTER,
              OAUTH));

  private ReportTable() {}

  /** Null after a problem was told. */
  static @Nullable ReportSettings read(Table table) {
    URI queue = table.get(QUEUE_URL);
    URI server = table.get(SERVER_URL);
    List<TransportKind> transports = table.get(TRANSPORTS);
    if (!table.has(TRANSPORTS)) {
      transports = new ArrayList<>();
      if (table.has(QUEUE_URL)) {
        transports.add(TransportKind.SQS);
      }
      if (table.has(SERVER_URL)) {
        transports.add(TransportKind.HTTPS);
      }
      if (transports.isEmpty()) {
        table.wrong("has no address to report to: add queue_url, server_url, or both");
      }
    }
    if (transports != null && transports.contains(TransportKind.SQS)) {
      table.require(QUEUE_URL, ", which the transport sqs needs");
    }
    if (transports != null && transports.contains(TransportKind.HTTPS)) {
      table.require(SERVER_URL, ", which the transport https needs");
    }
    if (server != null && isInTheClear(server)) {
      table.doubtful(SERVER_URL, "is http, so the API key travels unencrypted: use https");
    }
    Secret apiKey =
        table.has(SERVER_URL)
            ? table.require(API_KEY, ", which the server asks for")
            : table.get(API_KEY);
    String deployment = table.require(DEPLOYMENT, "");
    List<String> keys = table.require(SERVER_KEYS, "");
    Duration flush = table.getOrStandard(FLUSH_INTERVAL);
    Duration resend = table.getOrStandard(RESEND_AFTER);
    if (transports == null || deployment == null || keys == null) {
      return null;
    }
    return new ReportSettings(transports, queue, server, apiKey, deployment, keys, flush, resend);
  }

  /** Names without a dot and private addresses are taken for neighbours, as in a composition. */
  private static boolean isInTheClear(URI server) {
    String host = server.getRawAuthority();
    return server.toString().startsWith("http:")
        && host.contains(".")
        && !host.matches("(127|10|192\\.168|172\\.(1[6-9]|2[0-9]|3[01]))\\..*");
  }

  private static @Nullable String jwk(Value value) {
    if (!(value.raw() instanceof TomlTable)) {
      String text = value.filled() == null ? value.wrongType("a public JWK") : value.text();
      return text == null || text.strip().startsWith("{")
          ? text
          : value.wrong("must be a public JWK: a string of JSON that begins with {");
    }
    SortedMap<String, Value> members = value.members();
    if (members == null) {
      return null;
    }
    Map<String, String> jwk = new TreeMap<>();
    for (Map.Entry<String, Value> member : members.entrySet()) {
      String text = member.getValue().isWhole() ? member.getValue().text() : null;
      if (text == null) {
        return null;
      }
      jwk.put(member.getKey(), text);
    }
    try {
      return JSON.writeValueAsString(jwk);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of strings is always JSON", e);
    }
  }
}
