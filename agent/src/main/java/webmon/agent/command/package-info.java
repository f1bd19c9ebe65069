/** The agent's verbs. */
@NullMarked
package webmon.agent.command;

import org.jspecify.annotations.NullMarked;
