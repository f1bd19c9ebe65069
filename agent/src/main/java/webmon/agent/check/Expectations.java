package webmon.agent.check;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import webmon.configuration.StatusRange;
import webmon.configuration.WebPage;
import webmon.result.Failure;
import webmon.result.FailureKind;

/** What a page is expected to answer, held against what it did answer. */
final class Expectations {
  private final WebPage page;
  private final String status;
  private final List<ContentPattern> patterns;

  Expectations(WebPage page) {
    this.page = page;
    this.status =
        page.expectedStatus().stream().map(StatusRange::toString).collect(Collectors.joining(", "));
    this.patterns = page.contentPatterns().stream().map(ContentPattern::of).toList();
  }

  /**
   * How an answer compares.
   *
   * @param all each of them, met or not
   * @param failure the first that is not met, the status before the content
   * @param contentMatched null where no content is expected
   */
  record Comparison(
      List<Expectation> all, @Nullable Failure failure, @Nullable Boolean contentMatched) {}

  Comparison with(Answer answer) {
    List<Expectation> all = new ArrayList<>();
    Failure failure = null;
    if (!statusMet(answer)) {
      failure =
          new Failure(
              FailureKind.HTTP_STATUS, "status " + seenStatus(answer) + ", expected " + status);
    }
    all.add(new Expectation("status " + status, failure == null, seenStatus(answer)));
    boolean matched = true;
    for (ContentPattern pattern : patterns) {
      boolean found = pattern.isFoundIn(answer.text());
      String seen = found ? "found" : "not found" + where(answer);
      all.add(new Expectation("content " + shown(pattern), found, seen));
      if (!found && failure == null) {
        failure = new Failure(FailureKind.CONTENT_MISSING, shown(pattern) + " was " + seen);
      }
      matched &= found;
    }
    return new Comparison(all, failure, patterns.isEmpty() ? null : matched);
  }

  private boolean statusMet(Answer answer) {
    Integer seen = answer.exchange().httpStatus();
    return seen != null && page.expects(seen);
  }

  private static String seenStatus(Answer answer) {
    return (answer.exchange().httpStatus() + " " + answer.exchange().reason()).strip();
  }

  private String shown(ContentPattern pattern) {
    return Words.quoted(Excerpt.oneLine(page.masking().mask(pattern.toString()), 400));
  }

  private static String where(Answer answer) {
    return answer.whole()
        ? " in " + Words.bytes(answer.bodyBytes())
        : " in the first " + Words.bytes(answer.bodyBytes()) + ", and more is not read";
  }
}
