/** The pages that people see. */
@NullMarked
package webmon.server.dashboard;

import org.jspecify.annotations.NullMarked;
