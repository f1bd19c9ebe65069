/** The result log: numbers results, keeps them as JSON Lines, and reads ranges of them back. */
@NullMarked
package webmon.agent.resultlog;

import org.jspecify.annotations.NullMarked;
