package io.flexir.worker.image;

/** What to write, with what it needs to know. */
public sealed interface OutputFormat {
    /** Used where nobody says otherwise. */
    int DEFAULT_QUALITY = 92;

    /** The file format. */
    ImageFormat format();

    /** Lossless, 8 or 16 bits as the picture has, with transparency. */
    record Png() implements OutputFormat {
        @Override
        public ImageFormat format() {
            return ImageFormat.PNG;
        }
    }

    /**
     * Lossy, 8 bits, full colour resolution (4:4:4); transparency is laid over white.
     *
     * @param quality 1 to 100
     */
    record Jpeg(int quality) implements OutputFormat {
        public Jpeg {
            requireQuality(quality);
        }

        @Override
        public ImageFormat format() {
            return ImageFormat.JPEG;
        }
    }

    /** Lossless (Deflate), 8 or 16 bits as the picture has, with transparency. */
    record Tiff() implements OutputFormat {
        @Override
        public ImageFormat format() {
            return ImageFormat.TIFF;
        }
    }

    /** Uncompressed, 8 bits; transparency is laid over white. */
    record Bmp() implements OutputFormat {
        @Override
        public ImageFormat format() {
            return ImageFormat.BMP;
        }
    }

    /**
     * Lossy (colour resolution halved), 8 bits, with transparency.
     *
     * @param quality 1 to 100
     */
    record Webp(int quality) implements OutputFormat {
        public Webp {
            requireQuality(quality);
        }

        @Override
        public ImageFormat format() {
            return ImageFormat.WEBP;
        }
    }

    /**
     * Writing in a given format, for example the input's own.
     *
     * @param quality 1 to 100, for lossy formats
     */
    static OutputFormat of(ImageFormat format, int quality) {
        return switch (format) {
            case PNG -> new Png();
            case JPEG -> new Jpeg(quality);
            case TIFF -> new Tiff();
            case BMP -> new Bmp();
            case WEBP -> new Webp(quality);
        };
    }

    private static void requireQuality(int quality) {
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("quality must be 1 to 100, is " + quality);
        }
    }
}
