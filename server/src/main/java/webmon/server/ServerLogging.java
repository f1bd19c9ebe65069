package webmon.server;

import ch.qos.logback.classic.spi.ILoggingEvent;
import com.codahale.metrics.MetricRegistry;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dropwizard.logging.common.ConsoleAppenderFactory;
import io.dropwizard.logging.common.DefaultLoggingFactory;
import java.util.List;
import java.util.Map;

/** Logging of a server that is its own process: one line an event, in UTC, on standard output. */
final class ServerLogging {
  private static final String FORMAT =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z', UTC} %-5p %logger{0}: %m%n%rEx{short}";
  private static final Map<String, JsonNode> LEVELS =
      Map.of(
          "webmon", new TextNode("INFO"),
          // Says each start again what the migration did; we say it in one line.
          "org.flywaydb", new TextNode("WARN"));

  private ServerLogging() {}

  /** Whatever is still in its queue is written when the result is closed. */
  static AutoCloseable start(MetricRegistry metrics) {
    ConsoleAppenderFactory<ILoggingEvent> console = new ConsoleAppenderFactory<>();
    console.setLogFormat(FORMAT);
    DefaultLoggingFactory logging = new DefaultLoggingFactory();
    logging.setLevel("WARN");
    logging.setLoggers(LEVELS);
    logging.setAppenders(List.of(console));
    logging.configure(metrics, "webmon");
    return logging::stop;
  }
}
