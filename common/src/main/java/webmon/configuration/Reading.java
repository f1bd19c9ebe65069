package webmon.configuration;

import java.util.ArrayList;
import java.util.List;
import webmon.command.Complaint;
import webmon.command.ExitCode;

/** What came of reading a configuration file. */
public sealed interface Reading {

  /** All of them at once, in the order of the file. */
  List<Problem> problems();

  /** As it is if it says what is watched; broken if no {@code [[web_page]]} is in it. */
  Reading needingPages();

  /** As it is if it has the table {@code [server]}; broken otherwise. */
  Reading needingServer();

  /**
   * The configuration, for a command that cannot go on without it.
   *
   * @throws Complaint with the first error, and how to see the others
   */
  Configuration orComplaint();

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

    @Override
    public Configuration orComplaint() {
      return configuration;
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

    @Override
    public Configuration orComplaint() {
      List<Problem> errors = problems.stream().filter(Problem::isError).toList();
      Problem first = errors.getFirst();
      String others =
          switch (errors.size()) {
            case 1 -> "";
            case 2 -> " (and one more error: webmon validate -c " + first.file() + " shows both)";
            default ->
                " (and "
                    + (errors.size() - 1)
                    + " more errors: webmon validate -c "
                    + first.file()
                    + " shows them all)";
          };
      throw new Complaint(ExitCode.WRONG_USE, first + others);
    }
  }
}
