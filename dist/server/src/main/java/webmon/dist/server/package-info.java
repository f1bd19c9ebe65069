/** Where {@code webmon-server.jar} begins. */
@NullMarked
package webmon.dist.server;

import org.jspecify.annotations.NullMarked;
