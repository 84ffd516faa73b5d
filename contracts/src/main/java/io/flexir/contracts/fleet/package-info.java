/** What workers say of themselves: heartbeats, devices, models, jobs in flight. */
@NullMarked
package io.flexir.contracts.fleet;

import org.jspecify.annotations.NullMarked;
