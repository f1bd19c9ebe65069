/** The agent as a whole: connects schedule, result log, reporter and courier. */
@NullMarked
package webmon.agent;

import org.jspecify.annotations.NullMarked;
