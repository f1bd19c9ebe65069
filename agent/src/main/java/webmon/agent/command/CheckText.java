package webmon.agent.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import webmon.agent.check.Exchange;
import webmon.agent.check.Expectation;
import webmon.agent.check.Inspection;
import webmon.configuration.WebPage;
import webmon.result.Failure;
import webmon.result.Observation;

/** One check as a person reads it. */
final class CheckText {
  private static final int MOST_EXCERPT = 160;

  private final Paint paint;
  private final PrintWriter out;
  private final Instant now;

  CheckText(Paint paint, PrintWriter out, Instant now) {
    this.paint = paint;
    this.out = out;
    this.now = now;
  }

  /** One line, for many pages below each other. */
  void brief(WebPage page, Inspection inspection) {
    out.println(ResultText.of(page.name(), inspection.observation(), paint));
  }

  /** All of it. */
  void whole(WebPage page, Inspection inspection, boolean verbose) {
    Observation seen = inspection.observation();
    out.println(
        paint.bold(page.maskedUrl()) + (named(page) ? "  " + paint.faint(page.name()) : ""));
    out.println(
        paint.of(seen.status(), ResultText.word(seen.status())) + "  " + summary(inspection));
    out.println();
    if (verbose) {
      inspection.exchanges().forEach(this::heads);
    }
    Waterfall.of(inspection, paint).forEach(out::println);
    out.println();
    facts(inspection);
    inspection.expectations().forEach(this::expectation);
    if (seen.excerpt() != null) {
      out.println("  " + paint.faint(cut(seen.excerpt())));
    }
  }

  private static boolean named(WebPage page) {
    return !page.maskedUrl().contains(page.name());
  }

  private static String summary(Inspection inspection) {
    Observation seen = inspection.observation();
    Failure failure = seen.failure();
    if (failure != null) {
      return failure.message();
    }
    Exchange last = inspection.exchanges().getLast();
    return (last.httpStatus() + " " + last.reason()).strip()
        + " in "
        + Waterfall.millis(seen.duration().toNanos() / 1_000.0);
  }

  private void facts(Inspection inspection) {
    for (int i = 0; i < inspection.exchanges().size() - 1; i++) {
      Exchange hop = inspection.exchanges().get(i);
      fact("redirect", hop.httpStatus() + " from " + hop.url());
    }
    if (!inspection.exchanges().isEmpty()) {
      Exchange last = inspection.exchanges().getLast();
      if (inspection.exchanges().size() > 1) {
        fact("page", last.url());
      }
      fact("address", last.address());
      fact("protocol", joined(last.protocol(), last.tls()));
    }
    fact("certificate", certificate(inspection.observation().certificateExpiresAt()));
    Long bytes = inspection.observation().bodyBytes();
    fact("body", bytes == null ? null : String.format(Locale.ROOT, "%,d bytes", bytes));
  }

  private static @Nullable String joined(@Nullable String one, @Nullable String other) {
    return one == null || other == null ? one : one + ", " + other;
  }

  private @Nullable String certificate(@Nullable Instant end) {
    if (end == null) {
      return null;
    }
    long days = Duration.between(now, end).toDays();
    String words = days + (days == 1 ? " day" : " days") + " left, until " + date(end);
    return days < 14 ? paint.doubtful(words) : words;
  }

  private static String date(Instant time) {
    return time.atOffset(ZoneOffset.UTC).toLocalDate().toString();
  }

  private void fact(String label, @Nullable String value) {
    if (value != null) {
      out.println(String.format(Locale.ROOT, "  %-12s", label) + value);
    }
  }

  private void expectation(Expectation expected) {
    out.println("  " + paint.mark(expected.met()) + " " + expected.what() + ": " + expected.seen());
  }

  private void heads(Exchange exchange) {
    out.println("  > GET " + exchange.url());
    headers("  > ", exchange.requestHeaders());
    if (exchange.httpStatus() != null) {
      out.println(
          "  < "
              + exchange.protocol()
              + " "
              + (exchange.httpStatus() + " " + exchange.reason()).strip());
      headers("  < ", exchange.responseHeaders());
    }
    out.println();
  }

  private void headers(String prefix, List<Exchange.Header> headers) {
    headers.forEach(header -> out.println(prefix + header.name() + ": " + header.value()));
  }

  private String cut(String text) {
    int length = text.codePointCount(0, text.length());
    if (length <= MOST_EXCERPT) {
      return text;
    }
    String ellipsis = paint.unicode() ? "…" : "...";
    return text.substring(0, text.offsetByCodePoints(0, MOST_EXCERPT)) + ellipsis;
  }
}
