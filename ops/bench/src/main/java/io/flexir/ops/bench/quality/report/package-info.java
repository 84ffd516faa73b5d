/** Results for people, scripts and plots. */
@NullMarked
package io.flexir.ops.bench.quality.report;

import org.jspecify.annotations.NullMarked;
