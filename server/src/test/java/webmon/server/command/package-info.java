@NullMarked
package webmon.server.command;

import org.jspecify.annotations.NullMarked;
