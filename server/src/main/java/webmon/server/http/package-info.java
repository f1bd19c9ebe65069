/** What all of the API shares: its JSON, its problems, its queries, its headers. */
@NullMarked
package webmon.server.http;

import org.jspecify.annotations.NullMarked;
