/** What everybody may see of a job: its state, its view, its outcome. */
@NullMarked
package io.flexir.contracts.job;

import org.jspecify.annotations.NullMarked;
