/** Far more submissions than a fleet can do: what is taken, refused, done and kept in memory. */
@NullMarked
package io.flexir.ops.bench.flood;

import org.jspecify.annotations.NullMarked;
