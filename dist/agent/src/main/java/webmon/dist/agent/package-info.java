/** {@code webmon-agent.jar}. */
@NullMarked
package webmon.dist.agent;

import org.jspecify.annotations.NullMarked;
