package io.flexir.worker.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.time.Duration;

/** A file whose header has been read and is within the limits; no pixel has been decoded yet. */
public final class ImageFile implements OpenResult {
    private final Envelope envelope;
    private final Duration maxDecoding;

    ImageFile(Envelope envelope, Duration maxDecoding) {
        this.envelope = envelope;
        this.maxDecoding = maxDecoding;
    }

    public ImageHeader header() {
        return envelope.header();
    }

    /** Columns of the picture, upright. */
    public int width() {
        return envelope.orientation().uprightWidth(header().width(), header().height());
    }

    /** Rows of the picture, upright. */
    public int height() {
        return envelope.orientation().uprightHeight(header().width(), header().height());
    }

    /** Bytes that the decoded picture takes. */
    public long pictureBytes() {
        return envelope.header().pictureBytes();
    }

    /**
     * Bytes in use at most while it is decoded: the decoder's copy of the file, what it works with,
     * and the picture, twice where it has to be rearranged.
     */
    public long decodingBytes() {
        boolean asDecoded =
                header().format() == ImageFormat.JPEG
                        && header().channels() <= 3
                        && envelope.orientation() == Orientation.UPRIGHT;
        return envelope.payload().length
                + envelope.workBytes()
                + (asDecoded ? 1 : 2) * pictureBytes();
    }

    /** Decodes it and turns it upright. */
    public DecodeResult decode() {
        return ImageDecoder.unlessDamaged(header().format(), this::decoded, refused -> refused);
    }

    private DecodeResult decoded() throws IOException {
        ImageHeader header = header();
        BufferedImage image =
                PluginReader.read(
                        header.format(),
                        envelope.payload(),
                        DecodingTime.startingWith(maxDecoding));
        if (image.getWidth() != header.width() || image.getHeight() != header.height()) {
            throw MalformedImageException.corrupt(
                    "The picture data is of another size than the header says.");
        }
        return new Decoded(header, RasterImport.toPixels(image, envelope));
    }
}
