/** How reports come in: opened, decoded, stored, or rejected (docs/architecture.md). */
@NullMarked
package webmon.server.ingest;

import org.jspecify.annotations.NullMarked;
