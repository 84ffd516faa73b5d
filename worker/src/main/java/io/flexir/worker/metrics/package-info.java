/** What operators read: metrics and health. */
@NullMarked
package io.flexir.worker.metrics;

import org.jspecify.annotations.NullMarked;
