package webmon.configuration;

import java.util.ArrayList;
import java.util.List;

/** What came of reading a configuration file. */
public sealed interface Reading {

  /** All of them at once, in the order of the file. */
  List<Problem> problems();

  /** As it is if it says what is watched; broken if no {@code [[web_page]]} is in it. */
  Reading needingPages();

  /** As it is if it has the table {@code [server]}; broken otherwise. */
  Reading needingServer();

  /**
   * The file can be used.
   *
   * @param problems warnings only
   */
  record Usable(String file, Configuration configuration, List<Problem> problems)
      implements Reading {
    public Usable {
      problems = List.copyOf(problems);
    }

    @Override
    public Reading needingPages() {
      return configuration.webPages().isEmpty()
          ? brokenFor(
              "web_page",
              "is missing, so there is nothing to watch: add a [[web_page]] with its url")
          : this;
    }

    @Override
    public Reading needingServer() {
      return configuration.server() == null
          ? brokenFor("server", "is missing: a server needs the table [server]")
          : this;
    }

    private Broken brokenFor(String key, String sentence) {
      List<Problem> all = new ArrayList<>(problems);
      all.add(new Problem(Problem.Severity.ERROR, file, 0, 0, key, sentence));
      return new Broken(all);
    }
  }

  /**
   * The file cannot be used.
   *
   * @param problems at least one error among them
   */
  record Broken(List<Problem> problems) implements Reading {
    public Broken {
      problems = List.copyOf(problems);
    }

    @Override
    public Reading needingPages() {
      return this;
    }

    @Override
    public Reading needingServer() {
      return this;
    }
  }
}
