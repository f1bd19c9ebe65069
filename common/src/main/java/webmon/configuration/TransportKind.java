package webmon.configuration;

import java.util.Locale;

/** The ways a report can travel, as {@code transports} names them. */
public enum TransportKind {
  SQS,
  HTTPS;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The word of the configuration file, for instance {@code sqs}. */
  public String word() {
    return word;
  }
}
