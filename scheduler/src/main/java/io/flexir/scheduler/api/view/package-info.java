/** The read view: what this instance knows of every job and worker, from the topics that say so. */
@NullMarked
package io.flexir.scheduler.api.view;

import org.jspecify.annotations.NullMarked;
