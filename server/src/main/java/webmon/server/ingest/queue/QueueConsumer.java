package webmon.server.ingest.queue;

import com.codahale.metrics.MetricRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.model.Message;
import webmon.server.ingest.Delivery;
import webmon.server.ingest.Outcome;
import webmon.server.ingest.Transport;

/**
 * Takes reports from an SQS queue. A message is deleted once what became of it is committed, never
 * before. While the store is away nothing is received, so a message's receive count tells of poison
 * and of nothing else. Its threads are daemons, named {@code queue-consumer-1} and so on; {@link
 * #close} ends them within 5 seconds, and what they held comes again.
 */
public final class QueueConsumer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(QueueConsumer.class);
  private static final Duration LEAST_PAUSE = Duration.ofMillis(200);
  private static final Duration MOST_PAUSE = Duration.ofSeconds(10);
  private static final Duration CLOSING = Duration.ofSeconds(4);

  private final SqsQueue queue;
  private final Function<List<Delivery>, List<Outcome>> intake;
  private final BooleanSupplier storeAnswers;
  private final MetricRegistry metrics;
  private final RandomGenerator random;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicBoolean storeAway = new AtomicBoolean();
  private final AtomicBoolean queueAway = new AtomicBoolean();
  private final List<Thread> threads = new ArrayList<>();

  private QueueConsumer(
      SqsQueue queue,
      Function<List<Delivery>, List<Outcome>> intake,
      BooleanSupplier storeAnswers,
      MetricRegistry metrics,
      RandomGenerator random) {
    this.queue = queue;
    this.intake = intake;
    this.storeAnswers = storeAnswers;
    this.metrics = metrics;
    this.random = random;
  }

  /**
   * Starts receiving.
   *
   * @param consumers how many batches are under way at a time, each of at most ten messages
   * @param intake gives an outcome for each delivery, in the same order
   * @param storeAnswers asked from time to time while the store is away
   */
  public static QueueConsumer start(
      URI queueUrl,
      int consumers,
      Function<List<Delivery>, List<Outcome>> intake,
      BooleanSupplier storeAnswers,
      MetricRegistry metrics,
      RandomGenerator random) {
    QueueConsumer consumer =
        new QueueConsumer(SqsQueue.open(queueUrl), intake, storeAnswers, metrics, random);
    for (int i = 1; i <= consumers; i++) {
      // Virtual: an interrupt ends a long poll, which it would not on a platform thread.
      consumer.threads.add(Thread.ofVirtual().name("queue-consumer-" + i).start(consumer::run));
    }
    return consumer;
  }

  /** What is wrong with the queue, in a sentence; empty if nothing is. */
  public Optional<String> trouble() {
    return queueAway.get() ? Optional.of("The queue cannot be read.") : Optional.empty();
  }

  private void run() {
    Repetition failures = new Repetition();
    while (!isClosing()) {
      try {
        if (storeAway.get()) {
          awaitStore();
        } else {
          List<Message> messages = queue.receive();
          queueAway.set(false);
          if (failures.end()) {
            LOG.info("The queue answers again");
          }
          count("received", messages.size());
          takeIn(messages);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException | Error e) {
        // Errors too: a consumer that has ended would be noticed by nobody.
        if (isClosing()) {
          return;
        }
        count("failures", 1);
        queueAway.set(true);
        if (failures.begin()) {
          LOG.warn("The queue cannot be read; trying on", e);
        } else {
          LOG.debug("The queue cannot be read, {} times now", failures.times(), e);
        }
        try {
          pause(failures.times());
        } catch (InterruptedException closed) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  /** Goes on with these until none is left whose fate depends on the store alone. */
  private void takeIn(List<Message> messages) throws InterruptedException {
    List<Message> left = messages;
    while (!left.isEmpty() && !isClosing()) {
      List<Outcome> outcomes =
          intake.apply(
              left.stream().map(message -> new Delivery(message.body(), Transport.SQS)).toList());
      List<Message> done = new ArrayList<>();
      List<Message> again = new ArrayList<>();
      int faults = 0;
      for (int i = 0; i < outcomes.size(); i++) {
        switch (outcomes.get(i)) {
          case Outcome.Taken taken -> done.add(left.get(i));
          case Outcome.Rejected rejected -> done.add(left.get(i));
          case Outcome.Deferred deferred -> {
            switch (deferred.cause()) {
              case STORE_AWAY -> again.add(left.get(i));
              case FAULT -> faults++;
              // It stays in the queue for a newer server.
              case NEWER_VERSION -> count("waiting", 1);
            }
          }
        }
      }
      delete(done);
      if (isClosing()) {
        // The store may be in order: it was this thread that was interrupted.
        return;
      }
      if (!again.isEmpty()) {
        if (storeAway.compareAndSet(false, true)) {
          LOG.warn("The store is away; receiving nothing until it is back");
        }
        awaitStore();
      } else if (faults == left.size()) {
        // Not one of them could be taken: do not spend the others' receive counts too.
        pause(5);
      }
      left = again;
    }
  }

  private void delete(List<Message> done) {
    int failed = queue.delete(done);
    count("deleted", done.size() - failed);
    if (failed > 0) {
      // They come again and are recognised.
      LOG.debug("{} messages could not be deleted", failed);
    }
  }

  private void awaitStore() throws InterruptedException {
    for (int attempt = 1; storeAway.get() && !isClosing(); attempt++) {
      pause(attempt);
      if (storeAnswers.getAsBoolean() && storeAway.compareAndSet(true, false)) {
        LOG.info("The store is back");
      }
    }
  }

  /** Half of a doubling time, and up to as much again by chance; ends at once when closing. */
  private void pause(int attempt) throws InterruptedException {
    long most = Math.min(MOST_PAUSE.toMillis(), LEAST_PAUSE.toMillis() << Math.min(attempt, 10));
    if (closing.await(most / 2 + random.nextLong(most / 2 + 1), TimeUnit.MILLISECONDS)) {
      LOG.debug("Closing");
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  private void count(String name, long n) {
    metrics.counter("webmon.queue." + name).inc(n);
  }

  @Override
  public void close() {
    closing.countDown();
    threads.forEach(Thread::interrupt);
    try {
      for (Thread thread : threads) {
        if (!thread.join(CLOSING.dividedBy(threads.size()))) {
          LOG.warn("{} does not end; what it holds comes again", thread.getName());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      queue.close();
    }
  }

  /** How often something failed in a row. Of one thread. */
  private static final class Repetition {
    private int times;

    /** Counts a failure; whether it is the first. */
    boolean begin() {
      return ++times == 1;
    }

    /** Whether there had been failures. */
    boolean end() {
      boolean ended = times > 0;
      times = 0;
      return ended;
    }

    int times() {
      return times;
    }
  }
}
