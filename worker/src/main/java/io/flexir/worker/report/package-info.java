/** What this worker says: reports of orders, and heartbeats with the jobs in flight. */
@NullMarked
package io.flexir.worker.report;

import org.jspecify.annotations.NullMarked;
