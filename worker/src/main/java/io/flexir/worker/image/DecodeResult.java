package io.flexir.worker.image;

/** What came of an attempt to decode a file: {@link Decoded} or {@link Refused}. */
public sealed interface DecodeResult permits Decoded, Refused {}
