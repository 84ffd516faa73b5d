package io.flexir.worker.image;

import java.awt.image.BufferedImage;
import java.io.IOException;

import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.ImageInputStream;

/** One picture through one ImageIO plug-in. */
final class PluginReader {
    private PluginReader() {}

    static BufferedImage read(ImageFormat format, byte[] payload) throws IOException {
        ImageReader reader = Codecs.reader(format);
        DamageListener damage = new DamageListener();
        try (ImageInputStream in = new PictureStream(payload)) {
            reader.addIIOReadWarningListener(damage);
            reader.setInput(in, false, true);
            BufferedImage image = reader.read(0);
            if (damage.seen) {
                throw MalformedImageException.corrupt(
                        "The %s file's picture data is damaged. Send it again.".formatted(format));
            }
            return image;
        } finally {
            reader.dispose();
        }
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
