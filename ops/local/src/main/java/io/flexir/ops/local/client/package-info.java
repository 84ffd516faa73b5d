/** A client of a scheduler's HTTP API, for the command line and for tests. */
@NullMarked
package io.flexir.ops.local.client;

import org.jspecify.annotations.NullMarked;
