package webmon.report;

/** What arrived is not authentic. */
public final class RejectedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Rejection reason;

  public RejectedException(Rejection reason, String detail) {
    super(detail);
    this.reason = reason;
  }

  public Rejection reason() {
    return reason;
  }

  /** One sentence for the log; nothing secret and nothing of the content is in it. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
