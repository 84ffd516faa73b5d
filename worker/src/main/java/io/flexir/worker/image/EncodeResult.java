package io.flexir.worker.image;

/** What came of an attempt to write a file: {@link EncodedImage} or {@link Refused}. */
public sealed interface EncodeResult permits EncodedImage, Refused {}
