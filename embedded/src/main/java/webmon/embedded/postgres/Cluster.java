package webmon.embedded.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The data of one PostgreSQL, and what {@code initdb} and {@code pg_ctl} do with it. */
final class Cluster {
  private static final Duration INITIALISING = Duration.ofMinutes(2);
  private static final Duration STARTING = Duration.ofMinutes(5);
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final long MOST_LOG_BYTES = 4L << 20;

  private final Place place;
  private final RunAs runAs;
  private final Path programs;
  private final Durability durability;

  Cluster(Place place, RunAs runAs, Path programs, Durability durability) {
    this.place = place;
    this.runAs = runAs;
    this.programs = programs;
    this.durability = durability;
  }

  /** Makes the data; it is there as a whole or not at all. */
  void initialise(String password) throws IOException, InterruptedException {
    Path beside = Folders.makePrivate(Place.unfinished(place.data()));
    Folders.give(beside, runAs);
    Secrets.write(place.administratorPassword(), password);
    Folders.give(place.administratorPassword(), runAs);
    List<String> options =
        new ArrayList<>(
            List.of(
                "--pgdata=" + beside,
                "--username=postgres",
                "--pwfile=" + place.administratorPassword(),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                // PostgreSQL's own, so it needs no locale of the system.
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--text-search-config=simple"));
    options.addAll(durability.initOptions());
    Command.Outcome outcome = run("initdb", options, INITIALISING);
    if (!outcome.good()) {
      Folders.tryDelete(beside);
      throw new PostgresUnavailable(
          "PostgreSQL's initdb failed in %s: %s".formatted(place.folder(), outcome.said()));
    }
    Files.move(beside, place.data());
  }

  /** Starts it on a port of 127.0.0.1 and waits until it answers; otherwise says what it said. */
  Optional<String> start(int port) throws IOException, InterruptedException {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "listen_addresses=127.0.0.1",
                "port=" + port,
                // No socket file: its folder may be missing, closed or too long a name.
                "unix_socket_directories=",
                "timezone=UTC",
                "log_timezone=UTC",
                "jit=off"));
    settings.addAll(durability.settings());
    prepareLog();
    long logged = Files.size(place.log());
    Command.Outcome outcome =
        control(
            List.of(
                "start",
                "-w",
                "-t",
                Long.toString(STARTING.toSeconds()),
                "-l",
                place.log().toString(),
                "-o",
                "-c " + String.join(" -c ", settings)),
            STARTING.plus(GRACE));
    return outcome.good()
        ? Optional.empty()
        : Optional.of(firstFailure(logged).orElseGet(outcome::said));
  }

  /** Ends all connections and stops it, within the time given or harder; false if it does not. */
  boolean stop(Duration limit) throws IOException, InterruptedException {
    return stop("fast", limit) || stop("immediate", Duration.ofSeconds(1));
  }

  private boolean stop(String mode, Duration limit) throws IOException, InterruptedException {
    return control(
            List.of("stop", "-m", mode, "-w", "-t", Long.toString(limit.toSeconds())),
            limit.plus(GRACE))
        .good();
  }

  private void prepareLog() throws IOException {
    if (Files.exists(place.log()) && Files.size(place.log()) > MOST_LOG_BYTES) {
      Files.delete(place.log());
    }
    if (!Files.exists(place.log())) {
      Files.write(place.log(), new byte[0], StandardOpenOption.CREATE);
    }
    Folders.give(place.log(), runAs);
  }

  private Optional<String> firstFailure(long from) throws IOException {
    byte[] log = Files.readAllBytes(place.log());
    int start = (int) Math.min(from, log.length);
    String text = new String(log, start, log.length - start, StandardCharsets.UTF_8);
    return text.lines()
        .filter(line -> line.contains("FATAL:") || line.contains("PANIC:"))
        .map(line -> line.replaceFirst("^.*?(FATAL|PANIC):\\s*", ""))
        .findFirst();
  }

  private Command.Outcome control(List<String> action, Duration limit)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("-s", "-D", place.data().toString()));
    arguments.addAll(action);
    return run("pg_ctl", arguments, limit);
  }

  private Command.Outcome run(String program, List<String> arguments, Duration limit)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(programs.resolve("bin/" + program).toString()));
    command.addAll(arguments);
    return Command.run(runAs.command(command), limit);
  }
}
