/** When each monitor is checked, what could not be checked in time, and the threads that do it. */
@NullMarked
package webmon.agent.schedule;

import org.jspecify.annotations.NullMarked;
