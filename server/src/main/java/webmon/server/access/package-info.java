/** Who may do what: API keys, login links, sessions. */
@NullMarked
package webmon.server.access;

import org.jspecify.annotations.NullMarked;
