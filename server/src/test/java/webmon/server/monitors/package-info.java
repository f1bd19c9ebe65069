@NullMarked
package webmon.server.monitors;

import org.jspecify.annotations.NullMarked;
