package webmon.server.ingest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import webmon.report.AcknowledgementCodec;
import webmon.report.Limits;
import webmon.report.Rejection;
import webmon.report.SigningKey;
import webmon.server.access.AccessFilter;
import webmon.server.access.Caller;
import webmon.server.access.Needs;
import webmon.server.access.Scope;
import webmon.server.agents.Accounting;
import webmon.server.http.ProblemDetail;
import webmon.server.http.ProblemException;

/**
 * Takes in reports over HTTPS. What is stored, was stored before or is refused is answered by the
 * stream's signed acknowledgement; everything else by a problem, of which the agent believes that
 * it may pass.
 */
@Path("/api/v1/ingest/reports")
public final class ReportsResource {
  /** What reports come as and acknowledgements go as. */
  public static final String JOSE = "application/jose";

  private static final int LARGEST = Limits.SERVER.sealedBytes();

  private final Ingest ingest;
  private final Accounting accounting;
  private final SigningKey signer;

  public ReportsResource(Ingest ingest, Accounting accounting, SigningKey signer) {
    this.ingest = ingest;
    this.accounting = accounting;
    this.signer = signer;
  }

  @POST
  @Consumes(JOSE)
  @Produces(JOSE)
  @Needs(Scope.INGEST)
  public String take(
      InputStream body,
      @HeaderParam(HttpHeaders.CONTENT_LENGTH) @Nullable Long length,
      @Context SecurityContext security)
      throws IOException {
    Caller caller = AccessFilter.caller(security);
    Delivery delivery = new Delivery(read(body, length), Transport.HTTPS);
    return switch (ingest.take(List.of(delivery)).getFirst()) {
      case Outcome.Taken taken -> acknowledgement(taken, caller);
      case Outcome.Rejected(Rejection reason, String detail) ->
          throw new ProblemException(
              ProblemDetail.ofKind(
                      "rejected-report",
                      reason == Rejection.TOO_LARGE ? 413 : 400,
                      "Rejected report",
                      "This is not an authentic report: " + detail + ".")
                  .with("reason", reason.code()));
      case Outcome.Deferred(Outcome.Cause cause, String sentence) ->
          throw ProblemException.unavailable(sentence, retryAfterSeconds(cause));
    };
  }

  private String acknowledgement(Outcome.Taken taken, Caller caller) {
    if (caller.agent() != null && !caller.agent().equals(taken.agent())) {
      throw ProblemException.ofStatus(
          403,
          "This API key is bound to the agent '%s'; it is told nothing of another agent's reports."
              .formatted(caller.agent()));
    }
    return AcknowledgementCodec.sign(
        accounting.acknowledgement(taken.agent(), taken.stream(), taken.streamRow()), signer);
  }

  /** The text as it came: characters that are not ASCII stay what they are, and wrong. */
  private static String read(InputStream body, @Nullable Long length) throws IOException {
    if (length != null && length > LARGEST) {
      throw tooLarge();
    }
    byte[] bytes = body.readNBytes(LARGEST + 1);
    if (bytes.length > LARGEST) {
      throw tooLarge();
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static ProblemException tooLarge() {
    return ProblemException.ofStatus(413, "A report has at most " + LARGEST + " bytes.");
  }

  private static int retryAfterSeconds(Outcome.Cause cause) {
    return switch (cause) {
      case STORE_AWAY -> 5;
      case FAULT -> 30;
      case NEWER_VERSION -> 300;
    };
  }
}
