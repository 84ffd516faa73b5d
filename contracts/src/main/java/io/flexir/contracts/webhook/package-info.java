/** What is told to those who asked to be called when a job has ended. */
@NullMarked
package io.flexir.contracts.webhook;

import org.jspecify.annotations.NullMarked;
