package webmon.agent.check;

import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks names up with a deadline, which the system's resolver does not have. Its native call cannot
 * be interrupted and holds on to its thread, so it is made on platform threads of this object; a
 * virtual thread would take its carrier along. Two checks that want the same name at once share one
 * look-up, as they would within the JDK. Owner of its threads ({@code webmon-dns}).
 */
final class Resolver implements AutoCloseable {
  /** How many names may hang before further ones have to wait. */
  private static final int THREADS = 64;

  private static final long STACK_BYTES = 256 * 1024;

  /** What is asked in the end: the system, or a double of it. */
  interface Source {
    InetAddress[] lookup(String host) throws UnknownHostException;
  }

  /** No answer came in time. */
  static final class NoAnswerException extends UnknownHostException {
    NoAnswerException(String host) {
      super(host);
    }
  }

  private final Source source;
  private final Map<String, CompletableFuture<List<InetAddress>>> inFlight =
      new ConcurrentHashMap<>();
  private final ThreadPoolExecutor threads;

  Resolver(Source source) {
    this.source = source;
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(null, work, "webmon-dns", STACK_BYTES);
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * The system's resolver. The JDK keeps answers for 30 s by default, which would hide a failing
   * name server from most checks; it is told not to. It reads that setting at its first look-up, so
   * this has to come before.
   */
  static Resolver ofSystem() {
    Security.setProperty("networkaddress.cache.ttl", "0");
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
    return new Resolver(InetAddress::getAllByName);
  }

  /** The addresses of a name, at least one. */
  List<InetAddress> resolve(String host, Duration atMost)
      throws UnknownHostException, InterruptedIOException {
    CompletableFuture<List<InetAddress>> answer =
        inFlight.computeIfAbsent(
            host, name -> CompletableFuture.supplyAsync(() -> lookUp(name), threads));
    try {
      return answer.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new NoAnswerException(host);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownHostException unknown) {
        UnknownHostException own = new UnknownHostException(unknown.getMessage());
        own.initCause(unknown);
        throw own;
      }
      throw new IllegalStateException("the look-up of a name failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private List<InetAddress> lookUp(String host) {
    try {
      return List.of(source.lookup(host));
    } catch (UnknownHostException e) {
      throw new CompletionException(e);
    } finally {
      // Before anybody has the answer: whoever asks after it was given asks anew.
      inFlight.remove(host);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
