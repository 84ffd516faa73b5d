/**
 * Dead letters as operators ask for them: page by page, one in full, and once more to its topic.
 */
@NullMarked
package io.flexir.scheduler.api.deadletter;

import org.jspecify.annotations.NullMarked;
