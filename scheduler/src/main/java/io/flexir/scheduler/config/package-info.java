/** What a scheduler is told when it starts, checked as a whole. */
@NullMarked
package io.flexir.scheduler.config;

import org.jspecify.annotations.NullMarked;
