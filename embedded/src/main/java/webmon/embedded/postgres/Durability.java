package webmon.embedded.postgres;

import java.util.List;

/** Whether a database must survive a power failure, or is thrown away at the end of a test. */
enum Durability {
  KEPT(List.of(), List.of()),
  THROWN_AWAY(
      List.of("--no-sync"), List.of("fsync=off", "full_page_writes=off", "synchronous_commit=off"));

  private final List<String> initOptions;
  private final List<String> settings;

  Durability(List<String> initOptions, List<String> settings) {
    this.initOptions = initOptions;
    this.settings = settings;
  }

  List<String> initOptions() {
    return initOptions;
  }

  List<String> settings() {
    return settings;
  }
}
