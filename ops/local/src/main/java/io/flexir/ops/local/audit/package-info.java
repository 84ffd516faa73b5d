/** What the topics say really happened. */
@NullMarked
package io.flexir.ops.local.audit;

import org.jspecify.annotations.NullMarked;
