/** Check results: how they are stored, and read. */
@NullMarked
package webmon.server.results;

import org.jspecify.annotations.NullMarked;
