@NullMarked
package webmon.server;

import org.jspecify.annotations.NullMarked;
