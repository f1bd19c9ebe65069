/** The server as a whole: what is wired to what, and what an operator does to it. */
@NullMarked
package webmon.server;

import org.jspecify.annotations.NullMarked;
