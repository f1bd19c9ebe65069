/** Who reports: registration, keys, and the accounting of streams. */
@NullMarked
package webmon.server.agents;

import org.jspecify.annotations.NullMarked;
