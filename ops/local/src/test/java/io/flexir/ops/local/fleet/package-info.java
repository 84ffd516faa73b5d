/**
 * The whole fleet from its HTTP and Kafka ends: real broker, store, scheduler, workers and model.
 */
package io.flexir.ops.local.fleet;
