/**
 * What the scheduler orders from a worker and what the worker answers: orders, reports, receipts.
 */
@NullMarked
package io.flexir.contracts.work;

import org.jspecify.annotations.NullMarked;
