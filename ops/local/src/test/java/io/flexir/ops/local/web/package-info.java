/**
 * The page in a real browser, over a real fleet: what it shows is held against what the API says.
 */
@NullMarked
package io.flexir.ops.local.web;

import org.jspecify.annotations.NullMarked;
