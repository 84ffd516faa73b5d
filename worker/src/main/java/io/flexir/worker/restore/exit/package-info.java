/** When a region of adaptive inference may stop. */
@NullMarked
package io.flexir.worker.restore.exit;

import org.jspecify.annotations.NullMarked;
