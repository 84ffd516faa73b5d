package io.flexir.worker.image;

/** What came of reading a file's header: {@link ImageFile} or {@link Refused}. */
public sealed interface OpenResult permits ImageFile, Refused {}
