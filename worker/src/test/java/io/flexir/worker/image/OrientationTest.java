package io.flexir.worker.image;

import static io.flexir.worker.image.Pictures.decoded;
import static io.flexir.worker.image.Pictures.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;
import java.util.StringJoiner;

import javax.imageio.IIOImage;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.plugins.tiff.BaselineTIFFTagSet;
import javax.imageio.plugins.tiff.TIFFDirectory;
import javax.imageio.plugins.tiff.TIFFField;
import javax.imageio.stream.MemoryCacheImageOutputStream;

class OrientationTest {
    /** The stored picture: two rows of three, named a to f. */
    private static final int[] STORED = {10, 50, 90, 130, 170, 210};

    /** What each orientation shows (Exif 3.0, tag 274): rows of letters. */
    static List<Arguments> orientations() {
        return List.of(
                Arguments.of(1, "abc/def"),
                Arguments.of(2, "cba/fed"),
                Arguments.of(3, "fed/cba"),
                Arguments.of(4, "def/abc"),
                Arguments.of(5, "ad/be/cf"),
                Arguments.of(6, "da/eb/fc"),
                Arguments.of(7, "fc/eb/da"),
                Arguments.of(8, "cf/be/ad"),
                Arguments.of(9, "abc/def"));
    }

    @ParameterizedTest
    @MethodSource("orientations")
    void png_is_turned_upright(int orientation, String shown) throws IOException {
        byte[] exif = Exif.block(ByteOrder.BIG_ENDIAN, orientation);
        byte[] file = Exif.intoPng(file(ImageFormat.PNG, stored()), exif);

        PixelImage image = decoded(file);

        assertThat(letters(image)).isEqualTo(shown);
    }

    @ParameterizedTest
    @MethodSource("orientations")
    void jpeg_is_turned_upright(int orientation, String shown) throws IOException {
        byte[] exif = Exif.block(ByteOrder.LITTLE_ENDIAN, orientation);
        byte[] file = Exif.intoJpeg(file(ImageFormat.JPEG, stored()), exif);

        PixelImage image = decoded(file);

        assertThat(letters(image)).isEqualTo(shown);
    }

    @ParameterizedTest
    @MethodSource("orientations")
    void webp_is_turned_upright(int orientation, String shown) throws IOException {
        byte[] exif = Exif.block(ByteOrder.LITTLE_ENDIAN, orientation);
        byte[] file = Exif.intoWebp(file(ImageFormat.WEBP, storedRgb()), 3, 2, exif);

        PixelImage image = decoded(file);

        assertThat(letters(image)).isEqualTo(shown);
    }

    @ParameterizedTest
    @MethodSource("orientations")
    void tiff_is_turned_upright(int orientation, String shown) throws IOException {
        byte[] file = tiff(orientation);

        PixelImage image = decoded(file);

        assertThat(letters(image)).isEqualTo(shown);
    }

    private static BufferedImage stored() {
        BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setPixels(0, 0, 3, 2, STORED);
        return image;
    }

    private static BufferedImage storedRgb() {
        BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_3BYTE_BGR);
        for (int i = 0; i < STORED.length; i++) {
            image.setRGB(i % 3, i / 3, STORED[i] * 0x010101);
        }
        return image;
    }

    private static byte[] tiff(int orientation) throws IOException {
        ImageWriter writer = Codecs.writer(ImageFormat.TIFF);
        ImageTypeSpecifier type = ImageTypeSpecifier.createFromRenderedImage(stored());
        var metadata = writer.getDefaultImageMetadata(type, writer.getDefaultWriteParam());
        var directory = TIFFDirectory.createFromMetadata(metadata);
        var tag = BaselineTIFFTagSet.getInstance().getTag(BaselineTIFFTagSet.TAG_ORIENTATION);
        directory.addTIFFField(new TIFFField(tag, orientation));
        var bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(stored(), null, directory.getAsMetadata()), null);
        }
        return bytes.toByteArray();
    }

    /** The samples are 40 apart, so that lossy coding cannot confuse them. */
    private static String letters(PixelImage image) {
        StringJoiner rows = new StringJoiner("/");
        for (int y = 0; y < image.height(); y++) {
            StringBuilder row = new StringBuilder();
            for (int x = 0; x < image.width(); x++) {
                int sample = image.colour().get((y * image.width() + x) * image.channels());
                row.append((char) ('a' + Math.round((sample - 10) / 40f)));
            }
            rows.add(row);
        }
        return rows.toString();
    }
}
