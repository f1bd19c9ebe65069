@NullMarked
package webmon.server.agents;

import org.jspecify.annotations.NullMarked;
