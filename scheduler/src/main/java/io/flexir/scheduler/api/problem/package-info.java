/** Problem details (RFC 9457): the one way in which the API says no. */
@NullMarked
package io.flexir.scheduler.api.problem;

import org.jspecify.annotations.NullMarked;
