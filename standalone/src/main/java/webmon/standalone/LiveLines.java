package webmon.standalone;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import webmon.agent.command.LineText;
import webmon.result.CheckResult;

/**
 * A line on the terminal for every check as it happens; those before {@link #begin} wait for it.
 */
final class LiveLines implements Consumer<CheckResult> {
  private final PrintWriter out;
  private final LineText text;
  private final List<CheckResult> waiting = new ArrayList<>();
  private boolean begun;

  LiveLines(PrintWriter out, LineText text) {
    this.out = out;
    this.text = text;
  }

  @Override
  public synchronized void accept(CheckResult result) {
    if (begun) {
      print(result);
    } else {
      waiting.add(result);
    }
  }

  synchronized void begin() {
    begun = true;
    waiting.forEach(this::print);
    waiting.clear();
  }

  private void print(CheckResult result) {
    out.println(text.of(result));
    out.flush();
  }
}
