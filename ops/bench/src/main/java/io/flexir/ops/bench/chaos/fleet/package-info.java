/**
 * Processes that are killed, stopped and started again, and a proxy that spoils the store's
 * answers.
 */
@NullMarked
package io.flexir.ops.bench.chaos.fleet;

import org.jspecify.annotations.NullMarked;
