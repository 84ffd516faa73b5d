/** A client as others generate it from {@code openapi.yaml}, over a real fleet. */
@NullMarked
package io.flexir.ops.generated;

import org.jspecify.annotations.NullMarked;
