package io.flexir.worker.image;

import static io.flexir.worker.image.Pictures.encoded;
import static io.flexir.worker.image.Pictures.file;
import static io.flexir.worker.image.Pictures.refused;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HostileImageTest {
    /** Small, so that a flipped size does not make the test decode 50 megapixels of nothing. */
    private static final ImageLimits LIMITS =
            new ImageLimits(1 << 20, 1 << 20, 1, 1 << 20, Duration.ofSeconds(60));

    private static final int FLIPPED_FILES = 2000;

    @ParameterizedTest
    @EnumSource(ImageFormat.class)
    void a_file_cut_anywhere_is_refused(ImageFormat format) throws IOException {
        byte[] file = file(format, Kind.RGB_8);

        for (int length = 0; length < endOfPicture(format, file); length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThat(refused(cut).sentence()).as("cut to %d", length).isNotBlank();
        }
    }

    static List<Arguments> intactFiles() throws IOException {
        PixelImage transparent = Pictures.smooth(Kind.RGB_ALPHA_8, 37, 23, ImageMetadata.NONE);
        return List.of(
                Arguments.of("PNG", file(ImageFormat.PNG, Kind.RGB_8)),
                Arguments.of("PNG palette", file(ImageFormat.PNG, Pictures.palette(4, true))),
                Arguments.of("JPEG", file(ImageFormat.JPEG, Kind.RGB_8)),
                Arguments.of("TIFF", file(ImageFormat.TIFF, Kind.RGB_16)),
                Arguments.of("TIFF deflate", encoded(transparent, new OutputFormat.Tiff())),
                Arguments.of("BMP", file(ImageFormat.BMP, Kind.RGB_8)),
                Arguments.of("BMP palette", file(ImageFormat.BMP, Pictures.palette(8, false))),
                Arguments.of("WebP lossless", file(ImageFormat.WEBP, Kind.RGB_8)),
                Arguments.of("WebP lossy", encoded(transparent, new OutputFormat.Webp(80))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("intactFiles")
    void flipped_bytes_never_throw(String name, byte[] file) {
        ImageDecoder decoder = new ImageDecoder(LIMITS);
        Random random = new Random(name.hashCode());

        for (int i = 0; i < FLIPPED_FILES; i++) {
            byte[] flipped = file.clone();
            int flips = 1 + random.nextInt(4);
            for (int flip = 0; flip < flips; flip++) {
                // Half of them in the header, where they do most.
                int reach = random.nextBoolean() ? Math.min(100, file.length) : file.length;
                flipped[random.nextInt(reach)] = (byte) random.nextInt();
            }
            assertThat(decoder.decode(flipped)).isNotNull();
        }
    }

    static List<Arguments> bombs() {
        return List.of(
                Arguments.of("PNG", pngHeader(100_000, 100_000)),
                Arguments.of("PNG", pngHeader(Integer.MAX_VALUE, 1)),
                Arguments.of("JPEG", jpegHeader(65_500, 65_500)),
                Arguments.of("BMP", bmpHeader(100_000, -100_000)),
                Arguments.of("WebP", webpHeader(16_384, 16_384)),
                Arguments.of("TIFF", tiffHeader(1_000_000, 1_000_000)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bombs")
    void a_bomb_is_refused_from_its_header(String format, byte[] file) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        refused(file);

        long before = threads.getCurrentThreadAllocatedBytes();
        Refused refused = refused(file);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(refused.reason()).as(format).isEqualTo(RefusalReason.TOO_LARGE);
        assertThat(refused.sentence()).contains("50000000");
        assertThat(allocated).isLessThan(200_000);
    }

    @Test
    void tiff_fields_that_share_their_bytes_are_refused_before_anybody_reads_them() {
        int fields = 60_000;
        ByteBuffer file = ByteBuffer.allocate(2_000_000).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {'I', 'I', 42, 0}).putInt(8).putShort((short) fields);
        for (int i = 0; i < fields; i++) {
            file.putShort((short) i).putShort((short) 1).putInt(1_900_000).putInt(8);
        }

        Refused refused = refused(file.array());

        assertThat(refused.reason()).isEqualTo(RefusalReason.CORRUPT);
    }

    @Test
    void a_tiff_that_names_millions_of_directories_is_refused_without_collecting_them() {
        int length = 16 << 20;
        byte[] file = new byte[length];
        Arrays.fill(file, (byte) 0xFF);
        ByteBuffer.wrap(file)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {'I', 'I', 42, 0})
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 330)
                .putShort((short) 1)
                .putInt(length - 26)
                .putInt(26)
                .putInt(0);

        assertThat(allocatedByRefusing(file)).isLessThan(1 << 20);
    }

    @Test
    void a_tiff_whose_empty_directories_follow_one_another_for_ever_is_refused_soon() {
        int count = 1_000_000;
        ByteBuffer file = ByteBuffer.allocate(8 + 6 * count).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {'I', 'I', 42, 0}).putInt(8);
        for (int i = 1; i <= count; i++) {
            file.putShort((short) 0).putInt(i == count ? 0 : 8 + 6 * i);
        }

        assertThat(allocatedByRefusing(file.array())).isLessThan(4 << 20);
    }

    @Test
    void a_png_with_profile_after_profile_unpacks_the_first_alone() throws IOException {
        byte[] zeros = new byte[4 << 20];
        byte[] packed = new byte[1 << 16];
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        deflater.setInput(zeros);
        deflater.finish();
        int length = deflater.deflate(packed);
        deflater.end();
        byte[] profile = new byte[3 + length];
        profile[0] = 'a';
        System.arraycopy(packed, 0, profile, 3, length);
        byte[] file = file(ImageFormat.PNG, Kind.RGB_8);
        for (int i = 0; i < 50; i++) {
            file = Exif.insert(file, 33, Exif.pngChunk("iCCP", profile));
        }

        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThat(new ImageDecoder(LIMITS).decode(file)).isNotNull();
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(40 << 20);
    }

    private static long allocatedByRefusing(byte[] file) {
        ImageDecoder decoder =
                new ImageDecoder(
                        new ImageLimits(64 << 20, 1 << 20, 1, 1 << 20, Duration.ofSeconds(60)));
        // What is loaded and linked at the first refusal counts for nothing.
        assertThat(decoder.decode(Arrays.copyOf(file, 8))).isInstanceOf(Refused.class);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThat(decoder.decode(file)).isInstanceOf(Refused.class);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void a_webp_that_claims_more_pixels_than_it_holds_does_not_hold_up_the_worker()
            throws IOException {
        byte[] file = file(ImageFormat.WEBP, Kind.RGB_8);
        ByteBuffer header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int sizesAt = 21;
        int others = header.getInt(sizesAt) & 0xF000_0000;
        // This size leads the decoder past the end; most others end in a contradiction.
        header.putInt(sizesAt, others | (4775 - 1) | (216 - 1) << 14);

        Refused refused = refused(file);

        assertThat(refused.sentence()).contains("picture data ends too early");
    }

    @Test
    void a_frame_too_many_is_refused_by_name() throws IOException {
        byte[] control = ByteBuffer.allocate(8).putInt(3).putInt(0).array();
        byte[] animated =
                Exif.insert(file(ImageFormat.PNG, Kind.RGB_8), 33, Exif.pngChunk("acTL", control));

        Refused refused = refused(animated);

        assertThat(refused.reason()).isEqualTo(RefusalReason.UNSUPPORTED);
        assertThat(refused.sentence()).contains("3 frames");
    }

    @Test
    void a_size_of_zero_is_refused() {
        assertThat(refused(pngHeader(0, 10)).reason()).isEqualTo(RefusalReason.CORRUPT);
    }

    @Test
    void too_many_bytes_are_refused_unread() {
        Refused refused = refused(new byte[(64 << 20) + 1]);

        assertThat(refused.reason()).isEqualTo(RefusalReason.TOO_LARGE);
    }

    static List<Arguments> strangers() {
        return List.of(
                Arguments.of("GIF89a......", RefusalReason.UNSUPPORTED, "GIF"),
                Arguments.of("\0\0\0\u0018ftypheic", RefusalReason.UNSUPPORTED, "HEIC"),
                Arguments.of("\0\0\0\u0018ftypavif", RefusalReason.UNSUPPORTED, "AVIF"),
                Arguments.of("%PDF-1.7....", RefusalReason.UNSUPPORTED, "PDF"),
                Arguments.of("<svg xmlns=>", RefusalReason.UNSUPPORTED, "SVG"),
                Arguments.of("II+\0........", RefusalReason.UNSUPPORTED, "BigTIFF"),
                Arguments.of("#!/bin/sh\nrm", RefusalReason.UNKNOWN_FORMAT, "no image"));
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void what_is_not_read_is_named(String bytes, RefusalReason reason, String named) {
        Refused refused = refused(bytes.getBytes(StandardCharsets.ISO_8859_1));

        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused.sentence()).contains(named);
    }

    /** Behind it a file may be cut without loss. */
    private static int endOfPicture(ImageFormat format, byte[] file) {
        return switch (format) {
            case PNG, JPEG, WEBP, BMP -> file.length;
            // The last directory's empty link and what other writers leave away.
            case TIFF -> file.length - 4;
        };
    }

    private static byte[] pngHeader(int width, int height) {
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        byte[] file = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
        header.put((byte) 8).put((byte) 2);
        file = Exif.insert(file, 8, Exif.pngChunk("IHDR", header.array()));
        file = Exif.insert(file, file.length, Exif.pngChunk("IDAT", new byte[] {0x78, 0x01}));
        return Exif.insert(file, file.length, Exif.pngChunk("IEND", new byte[0]));
    }

    private static byte[] jpegHeader(int width, int height) {
        ByteBuffer file = ByteBuffer.allocate(64);
        file.putShort((short) 0xFFD8).putShort((short) 0xFFC0).putShort((short) 17);
        file.put((byte) 8).putShort((short) height).putShort((short) width).put((byte) 3);
        file.put(new byte[] {1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0});
        file.putShort((short) 0xFFDA).putShort((short) 12);
        file.put(new byte[] {3, 1, 0, 2, 0, 3, 0, 0, 63, 0}).putShort((short) 0xFFD9);
        return Arrays.copyOf(file.array(), file.position());
    }

    private static byte[] bmpHeader(int width, int height) {
        ByteBuffer file = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {'B', 'M'}).putInt(64).putInt(0).putInt(54);
        file.putInt(40).putInt(width).putInt(height).putShort((short) 1).putShort((short) 24);
        return file.array();
    }

    private static byte[] webpHeader(int width, int height) {
        ByteBuffer data = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
        data.put((byte) 0x2F).putInt((width - 1) | (height - 1) << 14);
        var chunks = new ByteArrayOutputStream();
        WebpFile.writeChunk(chunks, WebpFile.VP8L, data.array());
        return WebpFile.riff(chunks.toByteArray());
    }

    private static byte[] tiffHeader(int width, int height) {
        ByteBuffer file = ByteBuffer.allocate(64).order(ByteOrder.BIG_ENDIAN);
        file.put(new byte[] {'M', 'M', 0, 42}).putInt(8).putShort((short) 2);
        file.putShort((short) 256).putShort((short) 4).putInt(1).putInt(width);
        file.putShort((short) 257).putShort((short) 4).putInt(1).putInt(height);
        return file.array();
    }
}
