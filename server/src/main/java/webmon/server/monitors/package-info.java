/** What is watched: monitors and their definitions as agents declare them. */
@NullMarked
package webmon.server.monitors;

import org.jspecify.annotations.NullMarked;
