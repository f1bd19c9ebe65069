package webmon.server.dashboard;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import webmon.server.access.LogIn;
import webmon.server.access.Open;

/**
 * The pages that a browser opens. Logging in takes a POST, so that nothing which merely fetches a
 * link (a mail scanner, a preview) uses it up.
 */
@Path("/")
@Produces(MediaType.TEXT_HTML + ";charset=utf-8")
public final class DashboardResource {
  private static final String FAILED_LINK =
      "This login link has been used, or is older than 15 minutes. Make another one.";
  private static final String FAILED_KEY =
      "This API key does not open the dashboard: it is unknown, expired or revoked, or lacks the"
          + " scope <code>read</code>.";

  private final Pages pages = new Pages();
  private final LogIn logIn;

  public DashboardResource(LogIn logIn) {
    this.logIn = logIn;
  }

  /** The dashboard, or for strangers the page that says how to get in. */
  @GET
  @Open
  public Response dashboard(@Context HttpHeaders headers) {
    return logIn.isIn(headers.getCookies())
        ? Response.ok(pages.dashboard()).build()
        : Response.ok(pages.login(null, null)).build();
  }

  @GET
  @Path("login")
  @Open
  public Response login(
      @QueryParam("token") @Nullable String token, @QueryParam("failed") @Nullable String failed) {
    if (token != null) {
      return LogIn.isToken(token)
          ? Response.ok(pages.login(null, token)).build()
          : Response.status(400).entity(pages.login(FAILED_LINK, null)).build();
    }
    String message =
        switch (failed == null ? "" : failed) {
          case "link" -> FAILED_LINK;
          case "key" -> FAILED_KEY;
          default -> null;
        };
    return Response.ok(pages.login(message, null)).build();
  }

  @POST
  @Path("login")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Open
  public Response logIn(
      @FormParam("token") @Nullable String token,
      @FormParam("key") @Nullable String key,
      @Context ContainerRequestContext request) {
    LogIn.requireOwnPage(request);
    boolean byLink = token != null;
    return logIn
        .with(token, key)
        .map(cookie -> Response.seeOther(URI.create("/")).cookie(cookie).build())
        .orElseGet(() ->
            Response.seeOther(URI.create("/login?failed=" + (byLink ? "link" : "key"))).build());
  }

  @POST
  @Path("logout")
  @Open
  public Response logOut(@Context ContainerRequestContext request, @Context HttpHeaders headers) {
    LogIn.requireOwnPage(request);
    return Response.seeOther(URI.create("/login")).cookie(logIn.out(headers.getCookies())).build();
  }
}
