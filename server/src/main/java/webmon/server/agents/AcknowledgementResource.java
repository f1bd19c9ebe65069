package webmon.server.agents;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import webmon.report.Acknowledgement;
import webmon.report.AcknowledgementCodec;
import webmon.report.SigningKey;
import webmon.server.access.AccessFilter;
import webmon.server.access.Caller;
import webmon.server.access.Needs;
import webmon.server.access.Scope;
import webmon.server.http.ProblemException;
import webmon.server.http.Query;

/**
 * What is committed of one stream, signed: for the agent itself at any time, and for people who
 * read.
 */
@Path("/api/v1/agents/{id}/acknowledgement")
public final class AcknowledgementResource {
  private static final Pattern STREAM = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  private final Accounting accounting;
  private final SigningKey signer;

  public AcknowledgementResource(Accounting accounting, SigningKey signer) {
    this.accounting = accounting;
    this.signer = signer;
  }

  @GET
  @Produces("application/jose")
  @Needs({Scope.INGEST, Scope.READ})
  public String acknowledgement(
      @PathParam("id") String id, @Context UriInfo uri, @Context SecurityContext security) {
    Query query = Query.of(uri, "stream", "report");
    String stream = query.text("stream");
    if (stream == null || !STREAM.matcher(stream).matches()) {
      throw ProblemException.badParameter(
          "stream", "The parameter 'stream' is needed: the stream's 32 lower-case hex digits.");
    }
    String report = query.text("report");
    if (report != null && !HASH.matcher(report).matches()) {
      throw ProblemException.badParameter(
          "report",
          "The parameter 'report' is the SHA-256 of a report's JWS, 64 lower-case hex digits.");
    }
    Caller caller = AccessFilter.caller(security);
    requireOwn(id, caller);
    Optional<Acknowledgement> found =
        id.equals(caller.agent())
            ? accounting.acknowledgement(id, stream, report)
            : accounting.look(id, stream, report);
    return found
        .map(acknowledgement -> AcknowledgementCodec.sign(acknowledgement, signer))
        .orElseThrow(() -> ProblemException.missing("There is no agent '%s'.".formatted(id)));
  }

  private static void requireOwn(String id, Caller caller) {
    @Nullable String own = caller.agent();
    if (!caller.may(Scope.READ) && !id.equals(own)) {
      throw ProblemException.ofStatus(
          403,
          own == null
              ? "A key with scope ingest has to be bound to the agent whose acknowledgement it asks"
                  + " for."
              : "This API key is bound to the agent '%s'.".formatted(own));
    }
  }
}
