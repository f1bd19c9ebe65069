package webmon.agent.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import webmon.configuration.WebPage;
import webmon.result.Failure;
import webmon.result.FailureKind;
import webmon.result.Hop;
import webmon.result.Observation;
import webmon.result.Phases;
import webmon.result.Status;

/**
 * Asks for a page with GET and looks at what comes. The page's timeout is the deadline of the whole
 * check, redirects and body included. Each request goes over a new connection, without cookies,
 * cache, proxy or retries, so that every phase is measured. Phases are summed over redirects.
 */
public final class HttpCheck implements Check {
  private static final int MOST_REDIRECTS = Observation.MOST_HOPS;

  private final WebPage page;
  private final HttpExchange exchange;
  private final String userAgent;
  private final LongSupplier nanos;
  private final Expectations expectations;
  private final @Nullable HttpUrl start;

  HttpCheck(WebPage page, HttpExchange exchange, String userAgent, LongSupplier nanos) {
    this.page = page;
    this.exchange = exchange;
    this.userAgent = userAgent;
    this.nanos = nanos;
    this.expectations = new Expectations(page);
    this.start = HttpUrl.parse(page.url().toString());
  }

  @Override
  public Observation run() throws InterruptedException {
    return inspect().observation();
  }

  /** As {@link #run}, with all that a person may want to know. */
  public Inspection inspect() throws InterruptedException {
    if (start == null) {
      return new Inspection(
          Observation.without(
              Status.UNKNOWN,
              FailureKind.INTERNAL,
              "this agent cannot ask for " + page.maskedUrl() + ": it is not a URL it understands"),
          List.of(),
          List.of());
    }
    return follow(start);
  }

  private Inspection follow(HttpUrl first) throws InterruptedException {
    long began = nanos.getAsLong();
    List<Answer> answers = new ArrayList<>();
    List<Hop> hops = new ArrayList<>();
    HttpUrl url = first;
    while (true) {
      Duration left = page.timeout().minusNanos(nanos.getAsLong() - began);
      if (left.isNegative() || left.isZero()) {
        return conclude(began, answers, hops, lateRedirect(hops));
      }
      Answer answer = exchange.make(request(url, first), left);
      answers.add(answer);
      if (answer.location() == null) {
        return conclude(began, answers, hops, answer.trouble());
      }
      HttpUrl next = url.resolve(answer.location());
      if (next == null) {
        return conclude(began, answers, hops, nowhere(answer.location()));
      }
      if (hops.size() == MOST_REDIRECTS) {
        return conclude(began, answers, hops, tooMany(next));
      }
      hops.add(hop(answer));
      url = next;
    }
  }

  private Request request(HttpUrl url, HttpUrl first) {
    Request.Builder request =
        new Request.Builder().url(url).header("User-Agent", userAgent).header("Accept", "*/*");
    if (!first.username().isEmpty() && sameOrigin(url, first)) {
      request.header("Authorization", Credentials.basic(first.username(), first.password()));
    }
    return request.build();
  }

  private static boolean sameOrigin(HttpUrl one, HttpUrl other) {
    return one.scheme().equals(other.scheme())
        && one.host().equals(other.host())
        && one.port() == other.port();
  }

  private static Hop hop(Answer answer) {
    Integer status = answer.exchange().httpStatus();
    return new Hop(answer.exchange().url(), status == null ? 0 : status);
  }

  private Failure lateRedirect(List<Hop> hops) {
    return new Failure(
        FailureKind.TIMEOUT,
        "the redirects ("
            + hops.size()
            + " so far) did not lead to a page within "
            + Words.of(page.timeout()));
  }

  private Failure nowhere(String location) {
    return new Failure(
        FailureKind.UNEXPECTED_LOCATION,
        "redirected to "
            + Words.quoted(exchange.masked(location))
            + ", which is not an http or https URL");
  }

  private Failure tooMany(HttpUrl next) {
    return new Failure(
        FailureKind.TOO_MANY_REDIRECTS,
        "more than "
            + MOST_REDIRECTS
            + " redirects; the last one leads to "
            + Words.quoted(exchange.masked(next.toString())));
  }

  private Inspection conclude(
      long began, List<Answer> answers, List<Hop> hops, @Nullable Failure trouble) {
    Answer last = answers.getLast();
    Integer httpStatus = last.exchange().httpStatus();
    Expectations.Comparison comparison =
        trouble == null
            ? expectations.with(last)
            : new Expectations.Comparison(List.of(), trouble, null);
    Failure failure = comparison.failure();
    Observation observation =
        new Observation(
            status(failure),
            failure,
            Duration.ofNanos(nanos.getAsLong() - began),
            sum(answers),
            httpStatus,
            httpStatus == null ? null : last.bodyBytes(),
            comparison.contentMatched(),
            last.address(),
            hops,
            failure == null ? null : Excerpt.of(last.text(), page.masking()),
            last.certificateExpiresAt());
    return new Inspection(
        observation, comparison.all(), answers.stream().map(Answer::exchange).toList());
  }

  private static Status status(@Nullable Failure failure) {
    if (failure == null) {
      return Status.UP;
    }
    return failure.kind() == FailureKind.INTERNAL ? Status.UNKNOWN : Status.DOWN;
  }

  private static Phases sum(List<Answer> answers) {
    Phases sum = Phases.NONE;
    for (Answer answer : answers) {
      Phases next = answer.exchange().phases();
      sum =
          new Phases(
              sum(sum.dns(), next.dns()),
              sum(sum.connect(), next.connect()),
              sum(sum.tls(), next.tls()),
              sum(sum.waiting(), next.waiting()),
              sum(sum.transfer(), next.transfer()));
    }
    return sum;
  }

  private static @Nullable Long sum(@Nullable Long one, @Nullable Long other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one + other;
  }
}
