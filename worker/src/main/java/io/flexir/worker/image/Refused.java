package io.flexir.worker.image;

/**
 * An image that is not processed. The same bytes are always refused, so that a retry is useless.
 *
 * @param reason what kind of refusal
 * @param sentence one or two sentences that the sender can act on; holds nothing of the file's text
 */
public record Refused(RefusalReason reason, String sentence)
        implements OpenResult, DecodeResult, EncodeResult {}
