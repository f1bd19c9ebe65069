package webmon.report;

import org.jspecify.annotations.Nullable;

/** A payload that cannot be read; the message says why, for people. */
public final class MalformedPayloadException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable ReportHeader header;

  MalformedPayloadException(String message, @Nullable ReportHeader header) {
    super(message);
    this.header = header;
  }

  /** The header, where that much could be read: whose sequences cannot be accepted. */
  public @Nullable ReportHeader header() {
    return header;
  }
}
