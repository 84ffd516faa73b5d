/** The scheduler's own policies over virtual time: what each keeps of deadlines and quality. */
@NullMarked
package io.flexir.ops.bench.simulate;

import org.jspecify.annotations.NullMarked;
