package webmon.agent.transport;

import java.util.List;

/**
 * A way for sealed reports to reach the server. It knows nothing of what it carries, keeps nothing
 * and repeats nothing by itself beyond what its protocol does: that is the courier's work. Used by
 * one thread at a time; {@link #close} may come from another and ends a sending in progress.
 */
public interface Transport extends AutoCloseable {

  /** The word of the configuration file, for instance {@code sqs}. */
  String name();

  /** The largest sealed report that it takes. */
  int mostBytes();

  /** How many reports one {@link #send} takes. */
  int mostAtOnce();

  /**
   * Sends within a bound of time.
   *
   * @param sealed at most {@link #mostAtOnce}, none over {@link #mostBytes}
   * @return what became of each, in the same order; never throws for what a network can do
   */
  List<Sent> send(List<byte[]> sealed);

  @Override
  void close();
}
