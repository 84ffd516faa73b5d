package io.flexir.worker.estimate;

import java.util.Optional;

/**
 * What the headers of a JPEG file say of its loss (ITU-T T.81, B.2.2 and B.2.4.1). Nothing is
 * decoded.
 *
 * @param luma quantization table of the first component, in zigzag order
 * @param chromaSubsampled whether the second component has fewer samples than the first
 */
record JpegTables(int[] luma, boolean chromaSubsampled) {
    /** Of a file; none where it is no JPEG or does not hold what it says. */
    static Optional<JpegTables> of(byte[] file) {
        return new JpegHeaders(file).read();
    }
}
