/** What a check saw, and the line of the result log that keeps it (docs/wire.md). */
@NullMarked
package webmon.result;

import org.jspecify.annotations.NullMarked;
