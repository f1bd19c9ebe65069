package webmon.agent.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import webmon.agent.resultlog.StreamLog;
import webmon.result.Origin;

/**
 * Decides at the start whether the former stream can be gone on with, and keeps which one is
 * current. A new one is begun whenever continuity cannot be proved.
 */
final class Streams {
  private static final Logger LOG = LoggerFactory.getLogger(Streams.class);

  private final Path file;
  private final RandomGenerator random;
  private final @Nullable CurrentStream former;
  private final StreamLog lines;
  private volatile CurrentStream current;
  private volatile boolean begun;

  private Streams(
      Path file,
      RandomGenerator random,
      CurrentStream current,
      @Nullable CurrentStream former,
      StreamLog lines) {
    this.file = file;
    this.random = random;
    this.current = current;
    this.former = former;
    this.lines = lines;
  }

  /**
   * Looks at what a former process left.
   *
   * @param directory the {@code data_dir}
   * @param wanted whose lines will be written; its stream means nothing
   */
  static Streams open(Path directory, Outbox outbox, Origin wanted, RandomGenerator random)
      throws IOException {
    Path file = DataDirectory.stream(directory);
    CurrentStream former = read(file);
    if (former == null) {
      CurrentStream first = new CurrentStream(of(wanted, random), null, null, 0);
      return new Streams(file, random, first, null, StreamLog.empty(first.origin().stream()));
    }
    String stream = former.origin().stream();
    StreamLog lines =
        StreamLog.open(DataDirectory.log(directory), stream, outbox.tail(stream).sequence() + 1);
    return new Streams(file, random, former, former, lines);
  }

  private static @Nullable CurrentStream read(Path file) {
    try {
      return CurrentStream.read(file).orElse(null);
    } catch (IOException e) {
      LOG.warn("Which stream was current cannot be read: a new one is begun", e);
      return null;
    }
  }

  private static Origin of(Origin wanted, RandomGenerator random) {
    return new Origin(wanted.agent(), hex128(random), wanted.region());
  }

  static String hex128(RandomGenerator random) {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** The one that a former process left; null if there is none. */
  @Nullable CurrentStream former() {
    return former;
  }

  /** Lines of the current stream that are there already. */
  StreamLog lines() {
    return begun ? StreamLog.empty(current.origin().stream()) : lines;
  }

  CurrentStream current() {
    return current;
  }

  /**
   * Goes on with the former stream or begins a new one, and keeps that.
   *
   * @param contested the server has lines in it that are not ours
   */
  void settle(Origin wanted, @Nullable String deployment, boolean contested, long sealed)
      throws IOException {
    CurrentStream before = former;
    if (before == null) {
      begin(new CurrentStream(current.origin(), deployment, null, 0));
      return;
    }
    String reason = reason(before, wanted, deployment, contested);
    if (reason != null) {
      LOG.info("A new stream is begun: {}", reason);
      begin(
          new CurrentStream(
              of(wanted, random),
              deployment,
              before.origin().stream(),
              Math.max(lines.tail(), sealed)));
    } else if (before.deployment() == null && deployment != null) {
      CurrentStream known =
          new CurrentStream(before.origin(), deployment, before.former(), before.formerTail());
      known.write(file);
      current = known;
    }
  }

  private @Nullable String reason(
      CurrentStream before, Origin wanted, @Nullable String deployment, boolean contested) {
    String damage = lines.damage();
    if (damage != null) {
      return "the result log is damaged, " + damage;
    }
    if (contested) {
      return "the server has lines in the former one that are not ours";
    }
    if (!before.origin().agent().equals(wanted.agent())
        || !before.origin().region().equals(wanted.region())) {
      return "the agent was " + before.origin().agent() + " in " + before.origin().region();
    }
    if (before.deployment() != null
        && deployment != null
        && !before.deployment().equals(deployment)) {
      return "reports went to another server, deployment " + before.deployment();
    }
    return null;
  }

  /** A stream that has never been. */
  Origin fresh() {
    return of(current.origin(), random);
  }

  /** The current stream has ended with that sequence, and this one follows it. */
  void follow(Origin next, long tail) throws IOException {
    CurrentStream now = current;
    begin(new CurrentStream(next, now.deployment(), now.origin().stream(), tail));
  }

  private void begin(CurrentStream next) throws IOException {
    next.write(file);
    current = next;
    begun = true;
  }
}
