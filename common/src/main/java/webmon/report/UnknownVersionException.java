package webmon.report;

/** A payload of a newer version of the wire: authentic, to be read once the server is newer too. */
public final class UnknownVersionException extends Exception {
  private static final long serialVersionUID = 1L;

  UnknownVersionException(long version) {
    super(
        "version "
            + version
            + " of the wire; this server knows up to "
            + ReportHeader.VERSION
            + ", update it");
  }
}
