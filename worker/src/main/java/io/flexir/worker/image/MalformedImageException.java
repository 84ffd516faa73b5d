package io.flexir.worker.image;

import java.io.IOException;

/** Unwinds a parser to the decoder's edge, which turns it into {@link Refused}; never leaves it. */
final class MalformedImageException extends IOException {
    private static final long serialVersionUID = 1;

    private final RefusalReason reason;

    private MalformedImageException(RefusalReason reason, String sentence) {
        super(sentence);
        this.reason = reason;
    }

    static MalformedImageException corrupt(String sentence) {
        return new MalformedImageException(RefusalReason.CORRUPT, sentence);
    }

    static MalformedImageException unsupported(String sentence) {
        return new MalformedImageException(RefusalReason.UNSUPPORTED, sentence);
    }

    static MalformedImageException tooLarge(String sentence) {
        return new MalformedImageException(RefusalReason.TOO_LARGE, sentence);
    }

    Refused refused() {
        return new Refused(reason, String.valueOf(getMessage()));
    }
}
