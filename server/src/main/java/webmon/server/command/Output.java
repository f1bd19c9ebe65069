package webmon.server.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import webmon.server.http.Json;

/** How commands print: tables for people, JSON for programs. */
final class Output {
  private static final ObjectMapper MAPPER =
      Json.mapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final String GAP = "  ";

  private Output() {}

  /** Columns as wide as their widest cell; the last one is not padded. */
  static void table(CommandSpec spec, List<String> head, List<List<String>> rows) {
    PrintWriter out = spec.commandLine().getOut();
    List<List<String>> all = new ArrayList<>();
    all.add(head);
    all.addAll(rows);
    for (List<String> row : all) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        int index = column;
        int width = all.stream().mapToInt(cells -> cells.get(index).length()).max().orElse(0);
        String cell = row.get(column);
        line.append(cell);
        if (column < row.size() - 1) {
          line.append(" ".repeat(width - cell.length())).append(GAP);
        }
      }
      out.println(line.toString().stripTrailing());
    }
    out.flush();
  }

  static void json(CommandSpec spec, Object value) {
    try {
      line(spec, MAPPER.writeValueAsString(value));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static void line(CommandSpec spec, String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(text);
    out.flush();
  }

  /** For people, beside what a program reads from standard output. */
  static void aside(CommandSpec spec, String text) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(text);
    err.flush();
  }
}
