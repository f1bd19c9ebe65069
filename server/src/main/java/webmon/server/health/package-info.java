/** Whether the server is alive, and whether it can do its work. */
@NullMarked
package webmon.server.health;

import org.jspecify.annotations.NullMarked;
