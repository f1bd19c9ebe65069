/** The whole system in one process, and every verb of {@code webmon.jar}. */
@NullMarked
package webmon.standalone;

import org.jspecify.annotations.NullMarked;
