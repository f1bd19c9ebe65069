/** What all stores share: the schema, partitions, arrays for set-based statements, failures. */
@NullMarked
package webmon.server.store;

import org.jspecify.annotations.NullMarked;
