package io.flexir.worker.image;

import static io.flexir.worker.image.Forge.afterStart;
import static io.flexir.worker.image.Forge.bmp;
import static io.flexir.worker.image.Forge.chunk;
import static io.flexir.worker.image.Forge.cut;
import static io.flexir.worker.image.Forge.deflated;
import static io.flexir.worker.image.Forge.eoi;
import static io.flexir.worker.image.Forge.find;
import static io.flexir.worker.image.Forge.frameHeader;
import static io.flexir.worker.image.Forge.idat;
import static io.flexir.worker.image.Forge.iend;
import static io.flexir.worker.image.Forge.ihdr;
import static io.flexir.worker.image.Forge.join;
import static io.flexir.worker.image.Forge.jpeg;
import static io.flexir.worker.image.Forge.latin1;
import static io.flexir.worker.image.Forge.png;
import static io.flexir.worker.image.Forge.riffChunk;
import static io.flexir.worker.image.Forge.scan;
import static io.flexir.worker.image.Forge.segment;
import static io.flexir.worker.image.Forge.smallPng;
import static io.flexir.worker.image.Forge.vp8l;
import static io.flexir.worker.image.Forge.vp8x;
import static io.flexir.worker.image.Forge.webp;
import static io.flexir.worker.image.Forge.with;
import static io.flexir.worker.image.Forge.without;
import static io.flexir.worker.image.Pictures.HEIGHT;
import static io.flexir.worker.image.Pictures.WIDTH;
import static io.flexir.worker.image.Pictures.encoded;
import static io.flexir.worker.image.Pictures.file;
import static io.flexir.worker.image.RefusalReason.CORRUPT;
import static io.flexir.worker.image.RefusalReason.TOO_LARGE;
import static io.flexir.worker.image.RefusalReason.UNKNOWN_FORMAT;
import static io.flexir.worker.image.RefusalReason.UNSUPPORTED;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Files that a stranger may send, each with the answer that it must get. */
final class Corpus {
    /** What must come of a file. */
    sealed interface Answer {
        /** A picture, upright. */
        record Picture(int width, int height, int channels, int bits, boolean alpha)
                implements Answer {}

        /** A refusal whose sentence holds these words. */
        record No(RefusalReason reason, String words) implements Answer {}
    }

    record Sample(String name, byte[] file, Answer answer) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final Answer.Picture RGB = new Answer.Picture(WIDTH, HEIGHT, 3, 8, false);
    private static final Answer.Picture GRAY = new Answer.Picture(WIDTH, HEIGHT, 1, 8, false);
    private static final Answer.Picture SMALL_GRAY = new Answer.Picture(4, 4, 1, 8, false);

    private final List<Sample> samples = new ArrayList<>();

    private Corpus() {}

    static List<Sample> samples() throws IOException {
        Corpus corpus = new Corpus();
        corpus.pngs();
        corpus.hostilePngs();
        corpus.jpegs();
        corpus.hostileJpegs();
        corpus.tiffs();
        corpus.bmps();
        corpus.webps();
        corpus.polyglots();
        corpus.strangers();
        return List.copyOf(corpus.samples);
    }

    private void pngs() throws IOException {
        for (Kind kind : Kind.values()) {
            yes("png-" + kind, file(ImageFormat.PNG, kind), ofKind(kind));
        }
        for (int bits : new int[] {1, 2, 4, 8}) {
            // The first and the last colours are all gray where there are but two of them.
            yes("png-palette-" + bits, file(ImageFormat.PNG, Pictures.palette(bits, false)), RGB);
        }
        yes(
                "png-palette-transparent",
                file(ImageFormat.PNG, Pictures.palette(4, true)),
                new Answer.Picture(WIDTH, HEIGHT, 3, 8, true));
        byte[] plain = file(ImageFormat.PNG, Kind.RGB_8);
        yes("png-exif-turned", Exif.intoPng(plain, exif(6)), turned(RGB));
        yes("png-exif-mirrored", Exif.intoPng(plain, exif(2)), RGB);
        yes("png-exif-damaged", Exif.intoPng(plain, latin1("MM\0*\u00FF\u00FF\u00FF\u00FF")), RGB);
        yes("png-profile", encoded(profiled(Kind.RGB_8), new OutputFormat.Png()), RGB);
        yes("png-data-behind-its-end", join(plain, new byte[1000]), RGB);
        yes(
                "png-more-data-than-pixels",
                png(ihdr(4, 4, 8, 0, 0), idat(64 << 20), iend()),
                SMALL_GRAY);
        yes(
                "png-profile-bomb",
                smallPng(chunk("iCCP", join(latin1("a\0\0"), deflated(256L << 20, 0)))),
                SMALL_GRAY);
        yes(
                "png-text-bomb",
                smallPng(chunk("zTXt", join(latin1("a\0\0"), deflated(256L << 20, 'x')))),
                SMALL_GRAY);
        yes("png-unknown-chunk", smallPng(chunk("abCd", new byte[100])), SMALL_GRAY);
    }

    private void hostilePngs() throws IOException {
        byte[] plain = file(ImageFormat.PNG, Kind.RGB_8);
        no("png-bomb-square", headed(100_000, 100_000), TOO_LARGE, "50000000");
        no("png-bomb-long", headed(Integer.MAX_VALUE, 1), TOO_LARGE, "50000000");
        no("png-one-pixel-too-many", headed(50_000_001, 1), TOO_LARGE, "50000000");
        no("png-too-wide", headed(1_000_001, 1), TOO_LARGE, "side of at most 1000000");
        no("png-too-high", headed(1, 1_000_001), TOO_LARGE, "side of at most 1000000");
        no("png-no-width", headed(0, 10), CORRUPT, "0 x 10");
        no("png-negative-height", headed(10, -1), CORRUPT, "10 x -1");
        no("png-wrong-checksum", with(plain, 50, plain[50] ^ 1), CORRUPT, "checksum");
        no("png-cut", cut(plain, plain.length / 2), CORRUPT, "ends too early");
        no("png-signature-alone", cut(plain, 8), CORRUPT, "damaged");
        no("png-without-end", cut(plain, plain.length - 12), CORRUPT, "ends too early");
        no("png-without-data", png(ihdr(4, 4, 8, 0, 0), iend()), CORRUPT, "no picture data");
        no("png-too-little-data", png(ihdr(4, 4, 8, 0, 0), idat(7), iend()), CORRUPT, "");
        no(
                "png-data-that-is-none",
                png(ihdr(4, 4, 8, 0, 0), chunk("IDAT", new byte[40]), iend()),
                CORRUPT,
                "damaged");
        no("png-header-late", png(idat(20), ihdr(4, 4, 8, 0, 0), iend()), CORRUPT, "header");
        no(
                "png-header-twice",
                png(ihdr(4, 4, 8, 0, 0), ihdr(9, 9, 8, 0, 0), idat(20), iend()),
                CORRUPT,
                "header twice");
        no("png-bits-that-there-are-not", png(ihdr(4, 4, 3, 0, 0), idat(20), iend()), CORRUPT, "");
        no(
                "png-colours-that-there-are-not",
                png(ihdr(4, 4, 8, 5, 0), idat(20), iend()),
                CORRUPT,
                "");
        no(
                "png-interlace-that-there-is-not",
                png(ihdr(4, 4, 8, 0, 7), idat(20), iend()),
                CORRUPT,
                "");
        no("png-palette-missing", png(ihdr(4, 4, 8, 3, 0), idat(20), iend()), CORRUPT, "");
        no("png-critical-chunk", smallPng(chunk("EVIL", new byte[4])), CORRUPT, "critical chunk");
        no(
                "png-chunk-without-end",
                png(ihdr(4, 4, 8, 0, 0), new byte[] {-1, -1, -1, -1, 'I', 'D', 'A', 'T'}),
                CORRUPT,
                "ends too early");
        no(
                "png-animated",
                smallPng(chunk("acTL", ByteBuffer.allocate(8).putInt(3).array())),
                UNSUPPORTED,
                "3 frames");
        no(
                "png-animated-without-number",
                png(ihdr(4, 4, 8, 0, 0), chunk("acTL", new byte[0])),
                CORRUPT,
                "");
    }

    private void jpegs() throws IOException {
        byte[] plain = file(ImageFormat.JPEG, Kind.RGB_8);
        yes("jpeg", plain, RGB);
        yes("jpeg-gray", file(ImageFormat.JPEG, Kind.GRAY_8), GRAY);
        yes("jpeg-progressive", progressive(), RGB);
        yes("jpeg-cmyk", cmyk(), new Answer.Picture(16, 16, 3, 8, false));
        yes("jpeg-profile", encoded(profiled(Kind.RGB_8), new OutputFormat.Jpeg(90)), RGB);
        for (int orientation = 1; orientation <= 8; orientation++) {
            byte[] file = Exif.intoJpeg(plain, exif(orientation));
            yes("jpeg-orientation-" + orientation, file, orientation > 4 ? turned(RGB) : RGB);
        }
        yes("jpeg-orientation-that-there-is-not", Exif.intoJpeg(plain, exif(9)), RGB);
        yes(
                "jpeg-exif-damaged-beside-orientation",
                Exif.intoJpeg(plain, with(exif(6), Exif.GPS_POINTER_AT, 0x7F)),
                turned(RGB));
        yes("jpeg-exif-loop", Exif.intoJpeg(plain, loop()), RGB);
        yes("jpeg-exif-empty", Exif.intoJpeg(plain, new byte[0]), RGB);
        yes("jpeg-comment", afterStart(plain, segment(0xFE, new byte[60_000])), RGB);
        yes("jpeg-data-behind-its-end", join(plain, new byte[1000]), RGB);
        yes(
                "jpeg-profile-in-wrong-order",
                afterStart(plain, segment(0xE2, latin1("ICC_PROFILE\0\u00FF\u0001nothing"))),
                RGB);
    }

    private void hostileJpegs() throws IOException {
        byte[] plain = file(ImageFormat.JPEG, Kind.RGB_8);
        byte[] frame = frameHeader(0xC0, 8, 16, 16, 3);
        no(
                "jpeg-bomb",
                jpeg(frameHeader(0xC0, 8, 65_500, 65_500, 3), scan(3)),
                TOO_LARGE,
                "50000000");
        no("jpeg-no-height", jpeg(frameHeader(0xC0, 8, 16, 0, 3), scan(3)), CORRUPT, "16 x 0");
        no("jpeg-12-bits", jpeg(frameHeader(0xC1, 12, 16, 16, 3), scan(3)), UNSUPPORTED, "12 bits");
        no(
                "jpeg-2-components",
                jpeg(frameHeader(0xC0, 8, 16, 16, 2), scan(2)),
                UNSUPPORTED,
                "2 comp");
        no(
                "jpeg-lossless",
                jpeg(frameHeader(0xC3, 8, 16, 16, 3), scan(3)),
                UNSUPPORTED,
                "Lossless");
        no(
                "jpeg-arithmetic",
                jpeg(frameHeader(0xC9, 8, 16, 16, 3), scan(3)),
                UNSUPPORTED,
                "arithmetic");
        no("jpeg-two-frames", jpeg(frame, frame, scan(3)), CORRUPT, "two frame headers");
        no("jpeg-without-scan", jpeg(frame), CORRUPT, "no picture data");
        no("jpeg-without-frame", jpeg(scan(3)), CORRUPT, "no picture data");
        no("jpeg-without-tables", jpeg(frame, scan(3)), CORRUPT, "");
        no("jpeg-without-quantization", without(plain, 0xDB), CORRUPT, "");
        no("jpeg-cut", cut(plain, plain.length / 2), CORRUPT, "ends too early");
        no("jpeg-without-end", cut(plain, plain.length - 2), CORRUPT, "ends too early");
        no("jpeg-start-alone", cut(plain, 3), CORRUPT, "ends too early");
        no("jpeg-101-scans", jpeg(frame, join(scans(101))), UNSUPPORTED, "100 scans");
        no(
                "jpeg-segment-without-length",
                afterStart(plain, new byte[] {(byte) 0xFF, (byte) 0xE5, 0, 1}),
                CORRUPT,
                "without length");
        no(
                "jpeg-segment-past-the-end",
                join(new byte[] {-1, (byte) 0xD8, -1, (byte) 0xE5, -1, -1}, eoi()),
                CORRUPT,
                "ends too early");
        no(
                "jpeg-started-twice",
                afterStart(plain, new byte[] {-1, (byte) 0xD8}),
                CORRUPT,
                "out of place");
        int frameAt = find(plain, 0xC0);
        no("jpeg-claims-more-than-it-has", with(plain, frameAt + 5, 0x0F), CORRUPT, "damaged");
    }

    private void tiffs() throws IOException {
        for (Kind kind : Kind.values()) {
            yes("tiff-" + kind, file(ImageFormat.TIFF, kind), ofKind(kind));
        }
        yes("tiff-forged", Forge.Tiff.gray(5, 3).file(), new Answer.Picture(5, 3, 1, 8, false));
        yes(
                "tiff-turned",
                Forge.Tiff.gray(5, 3).with(274, 8).file(),
                new Answer.Picture(3, 5, 1, 8, false));
        no(
                "tiff-reduced-copy-first",
                Forge.Tiff.gray(5, 3).with(254, 1).with(330, 8).file(),
                UNSUPPORTED,
                "reduced copy");
        yes(
                "tiff-reduced-copy-alone",
                Forge.Tiff.gray(5, 3).with(254, 1).file(),
                new Answer.Picture(5, 3, 1, 8, false));
        no("tiff-bomb", Forge.Tiff.gray(1_000_000, 1_000_000).file(), TOO_LARGE, "50000000");
        no("tiff-no-width", Forge.Tiff.gray(0, 3).file(), CORRUPT, "0 x 3");
        no(
                "tiff-jpeg-inside",
                Forge.Tiff.gray(5, 3).with(259, 7).file(),
                UNSUPPORTED,
                "compression 7");
        no("tiff-ycbcr", Forge.Tiff.gray(5, 3).with(262, 6).file(), UNSUPPORTED, "photometric");
        no("tiff-5-samples", Forge.Tiff.gray(5, 3).with(277, 5).file(), UNSUPPORTED, "1 to 4");
        no("tiff-32-bits", Forge.Tiff.gray(5, 3).with(258, 32).file(), UNSUPPORTED, "16 bits");
        no("tiff-float", Forge.Tiff.gray(5, 3).with(339, 3).file(), UNSUPPORTED, "whole-number");
        no(
                "tiff-tiles-larger-than-it",
                Forge.Tiff.gray(5, 3).with(322, 60_000).with(323, 60_000).file(),
                CORRUPT,
                "tiles");
        no(
                "tiff-tiles-of-one-side",
                Forge.Tiff.gray(5, 3).with(322, 700_000_000).file(),
                CORRUPT,
                "tiles");
        no(
                "tiff-tiles-whose-area-overflows",
                Forge.Tiff.gray(5, 3).with(322, -1).with(323, -1).file(),
                CORRUPT,
                "tiles");
        no("tiff-strip-outside", Forge.Tiff.gray(5, 3).with(273, 1 << 30).file(), CORRUPT, "");
        no("tiff-strip-too-long", Forge.Tiff.gray(50, 30).strip(new byte[3]).file(), CORRUPT, "");
        no(
                "tiff-strip-that-inflates",
                Forge.Tiff.gray(50, 30).with(259, 8).strip(new byte[40]).file(),
                CORRUPT,
                "");
        yes(
                "tiff-strip-bomb",
                Forge.Tiff.gray(50, 30).with(259, 8).strip(deflated(256L << 20, 0)).file(),
                new Answer.Picture(50, 30, 1, 8, false));
        yes(
                "tiff-directory-loop",
                Forge.Tiff.gray(5, 3).followedBy(8).file(),
                new Answer.Picture(5, 3, 1, 8, false));
        no("tiff-directory-outside", latin1("II*\0\u00FF\u00FF\u00FF\u00FF"), CORRUPT, "");
        no("tiff-header-alone", latin1("MM\0*\0\0\0\0"), CORRUPT, "no picture");
        byte[] plain = file(ImageFormat.TIFF, Kind.RGB_8);
        no("tiff-cut", cut(plain, plain.length / 2), CORRUPT, "");
    }

    private void bmps() throws IOException {
        byte[] plain = file(ImageFormat.BMP, Kind.RGB_8);
        yes("bmp", plain, RGB);
        yes("bmp-palette", file(ImageFormat.BMP, Pictures.palette(8, false)), RGB);
        yes(
                "bmp-top-down",
                bmp(40, 2, -2, 24, 0, new byte[16]),
                new Answer.Picture(2, 2, 3, 8, false));
        no("bmp-bomb", bmp(40, 100_000, -100_000, 24, 0, new byte[16]), TOO_LARGE, "50000000");
        no("bmp-no-width", bmp(40, 0, 5, 24, 0, new byte[16]), CORRUPT, "0 x 5");
        no(
                "bmp-least-height",
                bmp(40, 5, Integer.MIN_VALUE, 24, 0, new byte[16]),
                CORRUPT,
                "5 x 0");
        no("bmp-jpeg-inside", bmp(40, 5, 5, 24, 4, new byte[16]), UNSUPPORTED, "wrap a JPEG");
        no("bmp-png-inside", bmp(40, 5, 5, 24, 5, new byte[16]), UNSUPPORTED, "wrap a JPEG");
        no("bmp-header-too-short", bmp(3, 5, 5, 24, 0, new byte[16]), CORRUPT, "wrong length");
        no("bmp-header-too-long", bmp(1 << 30, 5, 5, 24, 0, new byte[16]), CORRUPT, "wrong length");
        no("bmp-bits-that-there-are-not", bmp(40, 5, 5, 7, 0, new byte[100]), CORRUPT, "");
        no(
                "bmp-run-past-the-row",
                bmp(40, 5, 5, 8, 1, new byte[] {-1, 1, -1, 1, 0, 1}),
                CORRUPT,
                "");
        no("bmp-cut", cut(plain, plain.length / 2), CORRUPT, "");
        no("bmp-two-letters", latin1("BM"), CORRUPT, "");
    }

    private void webps() throws IOException {
        byte[] lossless = file(ImageFormat.WEBP, Kind.RGB_8);
        PixelImage smooth = Pictures.smooth(Kind.RGB_ALPHA_8, WIDTH, HEIGHT, ImageMetadata.NONE);
        byte[] lossy = encoded(smooth, new OutputFormat.Webp(80));
        yes("webp-lossless", lossless, RGB);
        yes("webp-lossy-alpha", lossy, new Answer.Picture(WIDTH, HEIGHT, 3, 8, true));
        yes("webp-turned", Exif.intoWebp(lossless, WIDTH, HEIGHT, exif(6)), turned(RGB));
        yes("webp-data-behind-its-end", join(lossless, new byte[100]), RGB);
        no("webp-bomb", webp(vp8l(16_384, 16_384)), TOO_LARGE, "50000000");
        no(
                "webp-bomb-canvas",
                webp(vp8x(0, 1 << 24, 1 << 24), vp8l(4, 4)),
                CORRUPT,
                "two different sizes");
        no(
                "webp-animated",
                webp(
                        vp8x(2, 4, 4),
                        riffChunk("ANIM", new byte[6]),
                        riffChunk("ANMF", new byte[16])),
                UNSUPPORTED,
                "2 frames");
        no("webp-without-picture", webp(vp8x(0, 4, 4)), CORRUPT, "no picture data");
        no("webp-data-that-is-none", webp(vp8l(4, 4)), CORRUPT, "");
        no("webp-wrong-signature", webp(riffChunk("VP8L", new byte[10])), CORRUPT, "damaged");
        no("webp-riff-too-long", with(lossless, 6, 0x7F), CORRUPT, "ends too early");
        no("webp-part-too-long", with(lossless, 18, 0x7F), CORRUPT, "longer than the file");
        no("webp-cut", cut(lossless, lossless.length / 2), CORRUPT, "ends too early");
        no("webp-head-alone", latin1("RIFF\4\0\0\0WEBP"), CORRUPT, "no picture data");
        no("webp-lossy-of-nothing", webp(riffChunk("VP8 ", new byte[10])), CORRUPT, "");
    }

    /** Two things in one file: what it begins with decides, and the rest is not looked at. */
    private void polyglots() throws IOException {
        byte[] archive = join(latin1("PK\3\4"), new byte[40], latin1("PK\5\6"), new byte[18]);
        byte[] page = latin1("<html><script>alert(1)</script></html>");
        byte[] png = file(ImageFormat.PNG, Kind.RGB_8);
        byte[] jpeg = file(ImageFormat.JPEG, Kind.RGB_8);
        yes("polyglot-png-zip", join(png, archive), RGB);
        yes("polyglot-jpeg-zip", join(jpeg, archive), RGB);
        yes("polyglot-jpeg-html", afterStart(jpeg, segment(0xFE, page)), RGB);
        yes("polyglot-png-html", Exif.insert(png, 33, chunk("tEXt", page)), RGB);
        yes("polyglot-jpeg-jpeg", join(jpeg, file(ImageFormat.JPEG, Kind.GRAY_8)), RGB);
        yes("polyglot-png-gif", join(png, latin1("GIF89a")), RGB);
        no("polyglot-gif-js", latin1("GIF89a/*....*/=alert(1);"), UNSUPPORTED, "GIF");
        no("polyglot-bmp-js", latin1("BM=1;/*" + "x".repeat(80) + "*/alert(1)"), CORRUPT, "");
        no("polyglot-pdf-jpeg", join(latin1("%PDF-1.7\n"), jpeg), UNSUPPORTED, "PDF");
        no("polyglot-zip-png", join(archive, png), UNKNOWN_FORMAT, "no image");
        no("polyglot-space-png", join(latin1(" "), png), UNKNOWN_FORMAT, "no image");
    }

    private void strangers() {
        no("gif", latin1("GIF87a......"), UNSUPPORTED, "GIF");
        no("heic", latin1("\0\0\0\u0018ftypheic"), UNSUPPORTED, "HEIC");
        no("avif", latin1("\0\0\0\u0018ftypavif"), UNSUPPORTED, "AVIF");
        no("jpeg-2000", latin1("\0\0\0\fjP  \r\n\u0087\n"), UNSUPPORTED, "JPEG 2000");
        no("jpeg-xl", latin1("\0\0\0\fJXL \r\n\u0087\n"), UNSUPPORTED, "JPEG XL");
        no("jpeg-xl-bare", latin1("\u00FF\n......"), UNSUPPORTED, "JPEG XL");
        no("psd", latin1("8BPS\0\1"), UNSUPPORTED, "Photoshop");
        no("pdf", latin1("%PDF-1.7"), UNSUPPORTED, "PDF");
        no(
                "svg-entities",
                latin1(
                        "<?xml version='1.0'?><!DOCTYPE s [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"),
                UNSUPPORTED,
                "XML");
        no("svg", latin1("<svg xmlns='http://www.w3.org/2000/svg'/>"), UNSUPPORTED, "SVG");
        no("exr", latin1("v/1\u0001...."), UNSUPPORTED, "OpenEXR");
        no("ico", latin1("\0\0\u0001\0...."), UNSUPPORTED, "icon");
        no("bigtiff", latin1("MM\0+\0\b\0\0"), UNSUPPORTED, "BigTIFF");
        no("mng", latin1("\u008AMNG\r\n\u001A\n"), UNSUPPORTED, "MNG");
        no("elf", latin1("\u007FELF\2\1\1\0"), UNKNOWN_FORMAT, "no image");
        no("script", latin1("#!/bin/sh\nrm -rf /"), UNKNOWN_FORMAT, "no image");
        no("zip-bomb", latin1("PK\3\4\u0014\0"), UNKNOWN_FORMAT, "no image");
        no("postscript", latin1("%!PS-Adobe-3.0"), UNKNOWN_FORMAT, "no image");
        no("imagemagick-script", latin1("push graphic-context"), UNKNOWN_FORMAT, "no image");
        no("nothing", new byte[0], CORRUPT, "empty");
        no("one-byte", new byte[] {(byte) 0x89}, UNKNOWN_FORMAT, "no image");
        byte[] noise = new byte[5000];
        new Random(1).nextBytes(noise);
        no("noise", noise, UNKNOWN_FORMAT, "no image");
        no("zeros", new byte[5000], UNKNOWN_FORMAT, "no image");
    }

    private void yes(String name, byte[] file, Answer.Picture picture) {
        samples.add(new Sample(name, file, picture));
    }

    private void no(String name, byte[] file, RefusalReason reason, String words) {
        samples.add(new Sample(name, file, new Answer.No(reason, words)));
    }

    private static Answer.Picture ofKind(Kind kind) {
        return new Answer.Picture(WIDTH, HEIGHT, kind.channels, kind.bits, kind.alpha);
    }

    private static Answer.Picture turned(Answer.Picture picture) {
        int across = picture.height();
        int down = picture.width();
        return new Answer.Picture(
                across, down, picture.channels(), picture.bits(), picture.alpha());
    }

    private static byte[] headed(int width, int height) {
        return png(ihdr(width, height, 8, 2, 0), chunk("IDAT", new byte[] {0x78, 1}), iend());
    }

    private static byte[] exif(int orientation) {
        return Exif.block(ByteOrder.BIG_ENDIAN, orientation);
    }

    /** A directory that is followed by itself, and whose EXIF pointer is to itself. */
    private static byte[] loop() {
        ByteBuffer out = ByteBuffer.allocate(26).put(latin1("MM\0*")).putInt(8).putShort((short) 1);
        return out.putShort((short) 0x8769)
                .putShort((short) 4)
                .putInt(1)
                .putInt(8)
                .putInt(8)
                .array();
    }

    private static byte[][] scans(int count) {
        byte[][] scans = new byte[count][];
        Arrays.fill(scans, scan(3));
        return scans;
    }

    private static PixelImage profiled(Kind kind) {
        byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
        return Pictures.picture(kind, WIDTH, HEIGHT, new ImageMetadata(profile, new byte[0]));
    }

    private static byte[] progressive() throws IOException {
        ImageWriter writer = Codecs.writer(ImageFormat.JPEG);
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        return written(
                writer,
                param,
                new IIOImage(RasterExport.exact(Pictures.picture(Kind.RGB_8)), null, null));
    }

    private static byte[] cmyk() throws IOException {
        ImageWriter writer = Codecs.writer(ImageFormat.JPEG);
        var raster =
                java.awt.image.Raster.createInterleavedRaster(
                        java.awt.image.DataBuffer.TYPE_BYTE, 16, 16, 4, null);
        byte[] plain =
                written(writer, writer.getDefaultWriteParam(), new IIOImage(raster, null, null));
        return afterStart(plain, segment(0xEE, latin1("Adobe\0d\0\0\0\0\0")));
    }

    private static byte[] written(ImageWriter writer, ImageWriteParam param, IIOImage image)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, image, param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
