/**
 * From logged lines to acknowledged reports: streams, batching, sealing, the outbox, and the
 * courier that brings what is in it to the server (docs/wire.md).
 */
@NullMarked
package webmon.agent.report;

import org.jspecify.annotations.NullMarked;
