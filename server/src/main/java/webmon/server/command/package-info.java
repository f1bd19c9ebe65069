/** What an operator says on the command line of the server. */
@NullMarked
package webmon.server.command;

import org.jspecify.annotations.NullMarked;
