/** Measures the scheduler: from requests to work orders, beside a bare transactional loop. */
@NullMarked
package io.flexir.ops.bench.flow;

import org.jspecify.annotations.NullMarked;
