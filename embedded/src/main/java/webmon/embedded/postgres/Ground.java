package webmon.embedded.postgres;

import java.io.IOException;
import java.nio.file.Path;

/** What this process is and may do on this machine; a test makes up another machine. */
interface Ground {
  long uid();

  long gid();

  /** Of a file or folder that is there. */
  long owner(Path path) throws IOException;

  long group(Path path) throws IOException;

  /**
   * Whether a program, run so, can write into a folder of its own in that place. To make new data
   * it must also have a name: initdb asks for it.
   */
  boolean works(Place place, RunAs runAs, boolean fresh) throws IOException, InterruptedException;
}
