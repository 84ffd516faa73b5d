/** Whether a fleet kept its word, told from records and objects alone. Pure. */
@NullMarked
package io.flexir.ops.bench.chaos.check;

import org.jspecify.annotations.NullMarked;
