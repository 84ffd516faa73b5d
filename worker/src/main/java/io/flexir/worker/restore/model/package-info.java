/** A bundle's graphs as ONNX Runtime sessions, and the native memory they work in. */
@NullMarked
package io.flexir.worker.restore.model;

import org.jspecify.annotations.NullMarked;
