@NullMarked
package webmon.server.results;

import org.jspecify.annotations.NullMarked;
