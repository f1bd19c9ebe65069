/** A real PostgreSQL for one process: unpacked, initialised, started and stopped by ourselves. */
@NullMarked
package webmon.embedded.postgres;

import org.jspecify.annotations.NullMarked;
