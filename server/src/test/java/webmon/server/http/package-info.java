@NullMarked
package webmon.server.http;

import org.jspecify.annotations.NullMarked;
