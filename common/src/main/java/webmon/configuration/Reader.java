package webmon.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Goes through the tables of one file. */
final class Reader {
  private final String file;
  private final Set<Section> sections;
  private final Context context;
  private final List<String> secrets = new ArrayList<>();

  Reader(String file, Set<Section> sections, Context context) {
    this.file = file;
    this.sections = Set.copyOf(sections);
    this.context = context;
  }

  Reading read(String text) {
    Problems problems = context.problems();
    TomlTable toml = Syntax.read(text, problems);
    checkTables(toml);

    Table agentTable = single(AgentTable.SCHEMA, toml);
    Table reportTable = single(ReportTable.SCHEMA, toml);
    Table serverTable = single(ServerTable.SCHEMA, toml);
    AgentSettings agent =
        AgentTable.read(agentTable == null ? Table.empty(AgentTable.SCHEMA, context) : agentTable);
    ReportSettings report = reportTable == null ? null : ReportTable.read(reportTable);
    ServerSettings server = serverTable == null ? null : ServerTable.read(serverTable);
    List<WebPage> pages = pages(toml);
    remember(reportTable);
    remember(serverTable);
    if (problems.anyError()) {
      return new Reading.Broken(problems.inOrder());
    }
    Configuration configuration =
        new Configuration(agent, report, server, pages, Masking.of(secrets));
    return new Reading.Usable(file, configuration, problems.inOrder());
  }

  private List<WebPage> pages(TomlTable toml) {
    Table given = single(PageKeys.DEFAULTS, toml);
    Table defaults = given == null ? Table.empty(PageKeys.DEFAULTS, context) : given;
    PageTable.checkDefaults(defaults);
    List<WebPage> pages = new ArrayList<>();
    List<Table> tables = new ArrayList<>();
    for (Table table : repeated(PageKeys.SCHEMA, toml)) {
      table.checkKeys();
      WebPage page = new PageTable(table, defaults).read();
      if (page != null) {
        pages.add(page);
        tables.add(table);
        secrets.addAll(page.masking().secrets());
      }
    }
    PageTable.checkIds(pages, tables);
    return pages;
  }

  private void remember(@Nullable Table table) {
    if (table != null) {
      secrets.addAll(table.secrets());
    }
  }

  private void checkTables(TomlTable toml) {
    for (String name : toml.keySet()) {
      TomlPosition position = toml.inputPositionOf(List.of(name));
      if (KnownTables.LATER.contains(name)) {
        if (sections.contains(Section.NOTICES)) {
          context
              .problems()
              .warning(position, name, "has no effect: a later version of webmon will know it");
        }
      } else if (KnownTables.named(name) == null) {
        context.problems().error(position, name, unknown(name));
      }
    }
  }

  private static String unknown(String name) {
    List<String> owners = KnownTables.having(name);
    if (!owners.isEmpty()) {
      return "does not belong here, but into " + String.join(" or ", owners);
    }
    List<String> known = new ArrayList<>(KnownTables.ALL.stream().map(Schema::name).toList());
    known.addAll(KnownTables.LATER);
    String nearest = Nearest.to(name, known);
    Schema schema = nearest == null ? null : KnownTables.named(nearest);
    if (nearest != null) {
      String written = schema == null ? "[[" + nearest + "]]" : schema.written();
      return "is not known; did you mean " + written + "?";
    }
    return "is not known; tables are "
        + String.join(", ", KnownTables.ALL.stream().map(Schema::written).toList());
  }

  /** Null if the table is not there, not wanted, or no table at all. */
  private @Nullable Table single(Schema schema, TomlTable toml) {
    Object raw = toml.get(List.of(schema.name()));
    if (raw == null || !sections.contains(schema.section())) {
      return null;
    }
    TomlPosition position = toml.inputPositionOf(List.of(schema.name()));
    if (!(raw instanceof TomlTable given)) {
      wrongShape(schema, position, raw);
      return null;
    }
    Table table = new Table(schema, given, position, context);
    table.checkKeys();
    return table;
  }

  private List<Table> repeated(Schema schema, TomlTable toml) {
    Object raw = toml.get(List.of(schema.name()));
    if (raw == null || !sections.contains(schema.section())) {
      return List.of();
    }
    if (!(raw instanceof TomlArray array)) {
      wrongShape(schema, toml.inputPositionOf(List.of(schema.name())), raw);
      return List.of();
    }
    List<Table> tables = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      TomlPosition position = array.inputPositionOf(i);
      if (array.get(i) instanceof TomlTable table) {
        tables.add(new Table(schema, table, position, context));
      } else {
        wrongShape(schema, position, array.get(i));
      }
    }
    return tables;
  }

  private void wrongShape(Schema schema, @Nullable TomlPosition position, Object raw) {
    context
        .problems()
        .error(
            position,
            schema.name(),
            "must be a table, written " + schema.written() + ", is " + Value.kind(raw));
  }
}
