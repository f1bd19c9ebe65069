package webmon.acceptance.driver;

import java.net.URI;

/** A registered agent, and what the server printed for its configuration. */
public final class Reporting {
  private final AgentProcess agent;
  private final String block;
  private final URI server;
  private final URI queue;

  Reporting(AgentProcess agent, String block, URI server, URI queue) {
    this.agent = agent;
    this.block = block;
    this.server = server;
    this.queue = queue;
  }

  public AgentProcess agent() {
    return agent;
  }

  /** Reports through the queue and asks the server for its word. */
  public Reporting byQueue(String timing, String pages) {
    return configure("[\"sqs\"]", true, timing, pages);
  }

  public Reporting byHttps(String timing, String pages) {
    return configure("[\"https\"]", true, timing, pages);
  }

  /** Knows no server: what the queue has accepted is done with. */
  public Reporting queueAcknowledged(String timing, String pages) {
    return configure("[\"sqs\"]", false, timing, pages);
  }

  private Reporting configure(String transports, boolean asking, String timing, String pages) {
    String address = "server_url = \"%s\"\n%s\n".formatted(server, Text.entry("api_key", block));
    agent.configure(
        """
        [report]
        transports = %s
        queue_url = "%s"
        %s%s
        %s
        %s

        """
                .formatted(
                    transports,
                    queue,
                    asking ? address : "",
                    Text.entry("deployment", block),
                    Text.entry("server_keys", block),
                    timing)
            + pages);
    return this;
  }
}
