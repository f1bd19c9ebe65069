package webmon.server.agents;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import webmon.report.Acknowledgement.Range;
import webmon.server.store.Rows;

/** The accounting of one stream row as it was committed. */
record StreamAccount(
    int id,
    int forkNo,
    SequenceRanges received,
    SequenceRanges lost,
    SequenceRanges refused,
    boolean revoked,
    @Nullable Range fork) {

  /**
   * What one copy of an agent is told.
   *
   * @param received stored or declared lost
   * @param rows whose refusals belong to it
   */
  record View(SequenceRanges received, SequenceRanges refused, List<Integer> rows) {
    static final View NOTHING = new View(SequenceRanges.NONE, SequenceRanges.NONE, List.of());

    SequenceRanges settled() {
      return received.plus(refused);
    }
  }

  /** The rows of a stream: first the one that is no fork; none if it is not known. */
  static List<StreamAccount> family(Handle handle, StreamName name) {
    return handle
        .createQuery(
            """
            select stream_id, fork_no, received::text, lost::text, refused::text,
              fork_first, fork_last,
            """
                + Streams.REVOKED
                + """
                from stream s where agent_id = :agent and stream = :stream order by fork_no
                """)
        .bind("agent", name.agentId())
        .bind("stream", name.stream())
        .map((row, context) -> {
          Long first = Rows.int8(row, "fork_first");
          return new StreamAccount(
              row.getInt("stream_id"),
              row.getInt("fork_no"),
              SequenceRanges.parse(row.getString("received")),
              SequenceRanges.parse(row.getString("lost")),
              SequenceRanges.parse(row.getString("refused")),
              row.getBoolean("revoked"),
              first == null ? null : new Range(first, row.getLong("fork_last")));
        })
        .list();
  }

  boolean holdsReport(Handle handle, String hash) {
    return handle
        .createQuery(
            """
            select exists (select 1 from report
              where stream_id = :row and hash = decode(:hash, 'hex'))
            """)
        .bind("row", id)
        .bind("hash", hash)
        .mapTo(Boolean.class)
        .one();
  }

  private SequenceRanges settled() {
    return received.plus(lost).plus(refused);
  }

  /** What the copy whose reports are in this row is told. */
  View view(List<StreamAccount> family) {
    StreamAccount base = family.getFirst();
    if (base.id == id) {
      return new View(received.plus(lost), refused, List.of(id));
    }
    // A fork begins after what the copies have in common, which is in the first row.
    long begin = settled().least();
    return new View(
        received.plus(lost).plus(base.received.plus(base.lost).below(begin)),
        refused.plus(base.refused.below(begin)),
        List.of(base.id, id));
  }

  /** What every copy may be told; who holds a revoked key is none. */
  static View common(List<StreamAccount> all) {
    List<StreamAccount> family = all.stream().filter(row -> !row.revoked).toList();
    View first = family.getFirst().view(family);
    SequenceRanges settled = first.settled();
    List<Integer> rows = new ArrayList<>();
    for (StreamAccount row : family) {
      settled = settled.and(row.view(family).settled());
      rows.add(row.id);
    }
    SequenceRanges refused = first.refused().and(settled);
    return new View(
        settled.minus(refused),
        refused,
        family.size() == 1 ? List.of(first.rows().getFirst()) : rows);
  }
}
