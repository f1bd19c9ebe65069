package webmon.agent.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ResolverTest {
  private static final InetAddress[] HERE = {InetAddress.getLoopbackAddress()};

  private final AtomicInteger lookups = new AtomicInteger();

  @Test
  void asksAnewEachTime() throws Exception {
    try (Resolver resolver =
        new Resolver(host -> {
          lookups.incrementAndGet();
          return HERE;
        })) {
      assertThat(resolver.resolve("a.example", Duration.ofSeconds(5))).containsExactly(HERE);
      assertThat(resolver.resolve("a.example", Duration.ofSeconds(5))).containsExactly(HERE);
    }
    assertThat(lookups).hasValue(2);
  }

  @Test
  void asksNoSecondTimeWhileTheFirstHangs() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    try (Resolver resolver =
        new Resolver(host -> {
          lookups.incrementAndGet();
          await(answer);
          return HERE;
        })) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> resolver.resolve("a.example", Duration.ofMillis(10)))
            .isInstanceOf(Resolver.NoAnswerException.class);
      }
      assertThat(lookups).hasValue(1);
      answer.countDown();
      assertThat(resolver.resolve("a.example", Duration.ofSeconds(5))).containsExactly(HERE);
    }
  }

  @Test
  void forgetsAFailure() throws Exception {
    try (Resolver resolver =
        new Resolver(host -> {
          if (lookups.incrementAndGet() == 1) {
            throw new UnknownHostException(host);
          }
          return HERE;
        })) {
      assertThatThrownBy(() -> resolver.resolve("a.example", Duration.ofSeconds(5)))
          .isInstanceOf(UnknownHostException.class)
          .isNotInstanceOf(Resolver.NoAnswerException.class);
      assertThat(resolver.resolve("a.example", Duration.ofSeconds(5))).containsExactly(HERE);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
