/** What a client asks for: requests, objects, depth, terms, output. */
@NullMarked
package io.flexir.contracts.request;

import org.jspecify.annotations.NullMarked;
