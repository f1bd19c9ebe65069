/** Who reports: registration, keys, streams, and how far each has come. */
@NullMarked
package webmon.server.agents;

import org.jspecify.annotations.NullMarked;
