/** Who reports: agents, their keys, the accounting of their streams; and the server's own keys. */
@NullMarked
package webmon.server.agents;

import org.jspecify.annotations.NullMarked;
