/** A whole fleet in one JVM: broker, object store, scheduler and workers. */
@NullMarked
package io.flexir.ops.local.stack;

import org.jspecify.annotations.NullMarked;
