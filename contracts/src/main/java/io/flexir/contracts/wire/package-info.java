/** How messages travel: topics, CloudEvents headers, the JSON codec and what cannot be decoded. */
@NullMarked
package io.flexir.contracts.wire;

import org.jspecify.annotations.NullMarked;
