/**
 * The ways a sealed report can go to the server, and the way its acknowledgement comes back. A
 * transport sees bytes only. No other package of the agent knows SQS; beside {@code check} no other
 * knows OkHttp.
 */
@NullMarked
package webmon.agent.transport;

import org.jspecify.annotations.NullMarked;
