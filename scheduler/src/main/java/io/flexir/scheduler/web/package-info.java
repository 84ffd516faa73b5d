/** The page for people: files for a browser, which talk to the API like any other client. */
@NullMarked
package io.flexir.scheduler.web;

import org.jspecify.annotations.NullMarked;
