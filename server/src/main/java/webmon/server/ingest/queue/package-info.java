/** Reports that come by SQS: the only place of the server that knows AWS. */
@NullMarked
package webmon.server.ingest.queue;

import org.jspecify.annotations.NullMarked;
