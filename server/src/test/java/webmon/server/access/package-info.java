@NullMarked
package webmon.server.access;

import org.jspecify.annotations.NullMarked;
