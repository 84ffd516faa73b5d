package io.flexir.worker.image;

import java.awt.image.BufferedImage;
import java.io.IOException;

import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.ImageInputStream;

/** One picture through one ImageIO plug-in. */
final class PluginReader {
    private PluginReader() {}

    static BufferedImage read(ImageFormat format, byte[] payload, DecodingTime time)
            throws IOException {
        ImageReader reader = Codecs.reader(format);
        DamageListener damage = new DamageListener();
        try (ImageInputStream in = new PictureStream(payload, time)) {
            reader.addIIOReadWarningListener(damage);
            reader.addIIOReadProgressListener(new TimeKeeper(time));
            reader.setInput(in, false, true);
            BufferedImage image = reader.read(0);
            if (time.wasExceeded()) {
                throw time.refusal();
            }
            if (damage.seen) {
                throw MalformedImageException.corrupt(
                        "The %s file's picture data is damaged. Send it again.".formatted(format));
            }
            return image;
        } finally {
            reader.dispose();
        }
    }

    /** Stops a reader that is too slow, at the end of a row. */
    private record TimeKeeper(DecodingTime time) implements IIOReadProgressListener {
        @Override
        public void imageProgress(ImageReader source, float percentageDone) {
            if (time.isOver()) {
                source.abort();
            }
        }

        @Override
        public void sequenceStarted(ImageReader source, int minIndex) {}

        @Override
        public void sequenceComplete(ImageReader source) {}

        @Override
        public void imageStarted(ImageReader source, int imageIndex) {}

        @Override
        public void imageComplete(ImageReader source) {}

        @Override
        public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {}

        @Override
        public void thumbnailProgress(ImageReader source, float percentageDone) {}

        @Override
        public void thumbnailComplete(ImageReader source) {}

        @Override
        public void readAborted(ImageReader source) {}
    }

    /**
     * The JPEG library goes on after damage and only warns; stray bytes it can skip are harmless.
     */
    private static final class DamageListener implements IIOReadWarningListener {
        private boolean seen;

        @Override
        public void warningOccurred(ImageReader source, String warning) {
            boolean harmless = warning.contains("extraneous bytes");
            seen |=
                    !harmless
                            && (warning.startsWith("Corrupt JPEG data")
                                    || warning.startsWith("Premature end")
                                    || warning.startsWith("Inconsistent progression"));
        }
    }
}
