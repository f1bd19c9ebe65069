/** How every command of every jar starts, fails and ends. */
@NullMarked
package webmon.command;

import org.jspecify.annotations.NullMarked;
