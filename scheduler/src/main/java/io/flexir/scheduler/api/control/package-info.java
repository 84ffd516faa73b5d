/** What is changed while the fleet runs: the budget policy and experiments. */
@NullMarked
package io.flexir.scheduler.api.control;

import org.jspecify.annotations.NullMarked;
