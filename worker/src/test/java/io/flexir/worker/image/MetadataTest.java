package io.flexir.worker.image;

import static io.flexir.worker.image.Pictures.decoded;
import static io.flexir.worker.image.Pictures.encoded;
import static io.flexir.worker.image.Pictures.file;
import static io.flexir.worker.image.Pictures.smooth;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.worker.image.TiffDirectories.Directory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

class MetadataTest {
    private static final byte[] WIDE_GAMUT =
            ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    private static final byte[] GRAY = ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData();

    @ParameterizedTest
    @EnumSource(
            value = ImageFormat.class,
            names = {"PNG", "JPEG", "TIFF", "WEBP"})
    void a_profile_goes_along_and_leaves_the_pixels_alone(ImageFormat format) {
        var metadata = new ImageMetadata(WIDE_GAMUT, new byte[0]);
        PixelImage plain = smooth(Kind.RGB_8, 64, 48, ImageMetadata.NONE);
        PixelImage profiled = smooth(Kind.RGB_8, 64, 48, metadata);
        OutputFormat output = OutputFormat.of(format, 95);

        PixelImage back = decoded(encoded(profiled, output));

        assertThat(back.metadata().iccProfile()).isEqualTo(WIDE_GAMUT);
        assertThat(Pictures.samples(back))
                .isEqualTo(Pictures.samples(decoded(encoded(plain, output))));
    }

    @ParameterizedTest
    @EnumSource(
            value = ImageFormat.class,
            names = {"PNG", "JPEG", "TIFF"})
    void a_gray_profile_goes_along_with_gray(ImageFormat format) {
        var metadata = new ImageMetadata(GRAY, new byte[0]);
        PixelImage image = smooth(Kind.GRAY_8, 64, 48, metadata);

        PixelImage back = decoded(encoded(image, OutputFormat.of(format, 95)));

        assertThat(back.channels()).isEqualTo(1);
        assertThat(back.metadata().iccProfile()).isEqualTo(GRAY);
    }

    @Test
    void a_profile_of_several_segments_is_joined() {
        // Profiles may hold tags of any content: this one is a text of 150 KB.
        byte[] large = paddedProfile(150_000);
        PixelImage image = smooth(Kind.RGB_8, 64, 48, new ImageMetadata(large, new byte[0]));

        PixelImage back = decoded(encoded(image, new OutputFormat.Jpeg(90)));

        assertThat(back.metadata().iccProfile()).isEqualTo(large);
    }

    @Test
    void a_profile_for_other_pixels_is_dropped() {
        var metadata = new ImageMetadata(GRAY, new byte[0]);
        PixelImage image = smooth(Kind.RGB_8, 64, 48, metadata);

        PixelImage back = decoded(encoded(image, new OutputFormat.Png()));

        assertThat(back.metadata().iccProfile()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = ImageFormat.class,
            names = {"PNG", "JPEG", "WEBP"})
    void the_position_is_gone_and_the_camera_is_kept(ImageFormat format)
            throws IOException, MalformedImageException {
        PixelImage input = decoded(photo(ByteOrder.BIG_ENDIAN));

        byte[] file = encoded(input, OutputFormat.of(format, 90));
        byte[] exif = decoded(file).metadata().exif();

        assertThat(latin1(file)).doesNotContain(mark(ByteOrder.BIG_ENDIAN));
        assertThat(latin1(file)).doesNotContain(Exif.MAKER_NOTE);
        assertThat(latin1(file)).contains(Exif.MAKE);
        Directory main = TiffDirectories.read(exif).chain().getFirst();
        assertThat(main.fields()).containsOnlyKeys(0x010F, 0x0112, 0x8769);
        assertThat(ExifBlock.orientation(exif)).isEqualTo(Orientation.UPRIGHT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BIG_ENDIAN", "LITTLE_ENDIAN"})
    void values_survive_in_both_byte_orders(String order)
            throws IOException, MalformedImageException {
        boolean big = order.equals("BIG_ENDIAN");
        byte[] exif =
                ExifBlock.cleaned(
                        Exif.block(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN, 6));

        TiffDirectories directories = TiffDirectories.read(exif);
        Directory main = directories.chain().getFirst();
        Directory camera = directories.child(main, TiffDirectories.EXIF_POINTER).orElseThrow();

        assertThat(directories.bytes(main.fields().get(0x010F))).isEqualTo(text(Exif.MAKE + "\0"));
        assertThat(camera.fields()).containsOnlyKeys(0x829A);
        ByteBuffer exposure =
                ByteBuffer.wrap(directories.bytes(camera.fields().get(0x829A)))
                        .order(directories.order());
        assertThat(exposure.getInt()).isEqualTo(1);
        assertThat(exposure.getInt()).isEqualTo(125);
    }

    @Test
    void tiff_keeps_the_texts() throws IOException {
        PixelImage input = decoded(photo(ByteOrder.LITTLE_ENDIAN));

        byte[] tiff = encoded(input, new OutputFormat.Tiff());

        assertThat(latin1(tiff)).contains(Exif.MAKE);
        assertThat(latin1(tiff)).doesNotContain(mark(ByteOrder.BIG_ENDIAN));
        assertThat(latin1(tiff)).doesNotContain(mark(ByteOrder.LITTLE_ENDIAN));
        assertThat(decoded(tiff).metadata().hasExif()).isTrue();
    }

    @Test
    void a_damaged_exif_block_is_no_reason_to_refuse() throws IOException {
        byte[] exif = Exif.block(ByteOrder.BIG_ENDIAN, 6);
        exif[4] = 0x7F;
        byte[] file = Exif.intoPng(file(ImageFormat.PNG, Kind.RGB_8), exif);

        PixelImage image = decoded(file);

        assertThat(image.width()).isEqualTo(Pictures.WIDTH);
        assertThat(image.metadata().hasExif()).isFalse();
    }

    private static byte[] photo(ByteOrder order) throws IOException {
        return Exif.intoJpeg(file(ImageFormat.JPEG, Kind.RGB_8), Exif.block(order, 6));
    }

    /** The linear RGB profile with a private tag of so many bytes. */
    private static byte[] paddedProfile(int bytes) {
        ICC_Profile profile = ICC_Profile.getInstance(WIDE_GAMUT);
        byte[] tag = new byte[bytes];
        System.arraycopy(text("text\0\0\0\0"), 0, tag, 0, 8);
        Arrays.fill(tag, 8, bytes - 1, (byte) 'x');
        profile.setData(ICC_Profile.icSigCopyrightTag, tag);
        return profile.getData();
    }

    private static String mark(ByteOrder order) {
        return latin1(ByteBuffer.allocate(4).order(order).putInt(Exif.LATITUDE_MARK).array());
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
