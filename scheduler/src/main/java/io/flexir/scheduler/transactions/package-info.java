/** Transactions that a broker was left with and that nobody would ever end. */
@NullMarked
package io.flexir.scheduler.transactions;

import org.jspecify.annotations.NullMarked;
