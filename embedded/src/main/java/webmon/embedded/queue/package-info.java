/** A real SQS API for one process: ElasticMQ on a port of this machine. */
@NullMarked
package webmon.embedded.queue;

import org.jspecify.annotations.NullMarked;
