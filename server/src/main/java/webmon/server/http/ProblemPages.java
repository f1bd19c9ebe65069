package webmon.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Jetty's own errors (a broken request line, a method that no servlet takes, a missing file) as
 * problems: no HTML, no stack traces, no names of software.
 */
public final class ProblemPages extends ErrorHandler {
  private final ObjectMapper mapper;

  public ProblemPages(ObjectMapper mapper) {
    this.mapper = mapper;
    setShowStacks(false);
  }

  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    HttpFields.Mutable headers = response.getHeaders();
    SecurityHeaders.FIELDS.forEach(headers::put);
    headers.put(HttpHeader.CONTENT_TYPE, ProblemDetail.MEDIA_TYPE);
    response.setStatus(code);
    response.write(true, ByteBuffer.wrap(body(code)), callback);
  }

  private byte[] body(int status) {
    try {
      return mapper.writeValueAsBytes(ProblemDetail.ofStatus(status, Titles.sentence(status)));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
