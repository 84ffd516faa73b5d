/**
 * The ledger of all jobs and the Kafka Streams topology that admits, dispatches and settles them.
 */
@NullMarked
package io.flexir.scheduler.jobs;

import org.jspecify.annotations.NullMarked;
