package webmon.agent.report;

import java.nio.file.Path;

/** Another process holds the {@code data_dir}; the message is a sentence for people. */
public final class DataDirectoryInUseException extends Exception {
  private static final long serialVersionUID = 1L;

  DataDirectoryInUseException(Path path, String holder) {
    super(
        "the data_dir "
            + path
            + " is in use"
            + (holder.isEmpty() ? "" : " by process " + holder)
            + ": stop that one, or give this agent a data_dir of its own");
  }
}
