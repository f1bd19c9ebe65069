package webmon.report;

/** Why what arrived is not authentic. The code is what counters and {@code rejected_report} say. */
public enum Rejection {
  TOO_LARGE("too_large"),
  /** Not three or five segments of strict base64url. */
  NOT_COMPACT("not_compact"),
  /** A protected header that is not exactly what the wire says. */
  HEADER("header"),
  UNKNOWN_SERVER_KEY("unknown_server_key"),
  NOT_DECRYPTED("not_decrypted"),
  UNKNOWN_AGENT_KEY("unknown_agent_key"),
  SIGNATURE("signature"),
  /** Signed by the agent, but not even its header can be read. */
  PAYLOAD("payload");

  private final String code;

  Rejection(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }
}
