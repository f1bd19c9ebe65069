package webmon.server;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import webmon.report.Acknowledgement;
import webmon.report.AcknowledgementCodec;
import webmon.report.EncryptionKey;
import webmon.report.RejectedException;
import webmon.report.TestReports;
import webmon.report.TestReports.Signed;
import webmon.report.VerificationKey;

/** A registered agent that hands in its reports over HTTP, as a real one does. */
public final class TestAgent {
  private final RunningServer server;
  private final TestReports reports;
  private final AgentBlock block;

  private TestAgent(RunningServer server, TestReports reports, AgentBlock block) {
    this.server = server;
    this.reports = reports;
    this.block = block;
  }

  /**
   * Registers an agent.
   *
   * @param begin when its first check starts
   */
  public static TestAgent register(RunningServer server, String id, String region, Instant begin) {
    Administration administration = server.server().administration();
    TestReports reports = TestReports.of(administration.deployment(), id, region, begin);
    try {
      return switch (administration.register(
          new AgentRegistration(
              id, region, List.of("*"), reports.key().publicKey(), server.server().uri()))) {
        case Registered.Welcome(AgentBlock block) -> new TestAgent(server, reports, block);
        case Registered.Declined(String sentence) -> throw new AssertionError(sentence);
      };
    } catch (CannotStart e) {
      throw new AssertionError(e.sentence(), e);
    }
  }

  public TestReports reports() {
    return reports;
  }

  public String apiKey() {
    return block.apiKey().value();
  }

  /** The report encrypted for the server. */
  public String seal(Signed report) {
    return report.seal(EncryptionKey.ofJwk(block.serverKeys().getLast()));
  }

  /** Hands in a report, which has to be acknowledged. */
  public Acknowledgement send(Signed report) {
    return verified(post(seal(report), apiKey()));
  }

  public HttpResponse<String> post(String body, String key) {
    return server.send(
        "POST",
        "/api/v1/ingest/reports",
        body.getBytes(StandardCharsets.UTF_8),
        "Content-Type",
        "application/jose",
        "Authorization",
        "Bearer " + key);
  }

  public Acknowledgement verified(HttpResponse<String> response) {
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    VerificationKey key = VerificationKey.ofJwk(block.serverKeys().getFirst());
    try {
      return AcknowledgementCodec.verify(
          response.body(),
          kid -> kid.equals(key.kid()) ? java.util.Optional.of(key) : java.util.Optional.empty());
    } catch (RejectedException e) {
      throw new AssertionError(e.detail(), e);
    }
  }
}
