/** One check of one page: what it saw, and why it failed in words a person can act on. */
@NullMarked
package webmon.agent.check;

import org.jspecify.annotations.NullMarked;
