@NullMarked
package webmon.server.health;

import org.jspecify.annotations.NullMarked;
