package webmon.embedded.postgres;

import java.util.ArrayList;
import java.util.List;

/**
 * As which user PostgreSQL's programs run, and how they become that user: PostgreSQL refuses to run
 * as root. {@code uid} and {@code gid} are those that own its files, seen from this process.
 */
sealed interface RunAs {
  /** The user and group called "nobody" and "nogroup" or "nobody" on most systems. */
  RunAs NOBODY = new User(65534, 65534);

  long uid();

  long gid();

  List<String> prefix();

  default List<String> command(List<String> command) {
    List<String> whole = new ArrayList<>(prefix());
    whole.addAll(command);
    return whole;
  }

  /** As the user of this process. */
  record Self(long uid, long gid) implements RunAs {
    @Override
    public List<String> prefix() {
      return List.of();
    }
  }

  /** As the user of this process, who looks like user 65534 within a user namespace of its own. */
  record Namespace(long uid, long gid) implements RunAs {
    @Override
    public List<String> prefix() {
      return List.of("unshare", "-U");
    }
  }

  /** As another user, which only root can become. */
  record User(long uid, long gid) implements RunAs {
    @Override
    public List<String> prefix() {
      return List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups");
    }
  }
}
