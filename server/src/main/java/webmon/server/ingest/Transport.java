package webmon.server.ingest;

/** Over what a report came. The code is what stands in SQL and metrics. */
public enum Transport {
  SQS("sqs"),
  HTTPS("https");

  private final String code;

  Transport(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }
}
