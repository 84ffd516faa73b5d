/** Who may ask for what: keys, what they allow, and which objects a tenant may name. */
@NullMarked
package io.flexir.scheduler.access;

import org.jspecify.annotations.NullMarked;
