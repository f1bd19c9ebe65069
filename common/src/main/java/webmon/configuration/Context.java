package webmon.configuration;

/** What all tables of one file share while it is read. */
record Context(Problems problems, Substitution substitution) {}
