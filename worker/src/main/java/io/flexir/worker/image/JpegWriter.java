package io.flexir.worker.image;

import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import java.awt.image.BufferedImage;
import java.io.IOException;

import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;

/** JPEG without chroma subsampling, with profile and EXIF put in behind the JFIF segment. */
final class JpegWriter {
    private static final String NATIVE_FORMAT = "javax_imageio_jpeg_image_1.0";

    /** A segment's length field counts itself. */
    private static final int MAX_SEGMENT_BYTES = 0xFFFF - 2;

    private JpegWriter() {}

    static FileBytes write(PixelImage image, int quality) throws IOException {
        BufferedImage raster = RasterExport.opaqueEightBits(image);
        FileBytes plain =
                PluginWriter.write(
                        ImageFormat.JPEG,
                        raster,
                        (writer, param, type) -> {
                            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                            param.setCompressionQuality(quality / 100f);
                            return fullChroma(writer, param, type);
                        });
        ImageMetadata metadata = image.metadata();
        boolean nothingToAdd = !metadata.hasIccProfile() && !metadata.hasExif();
        return nothingToAdd ? plain : withMetadata(plain.joined(), metadata);
    }

    private static IIOMetadata fullChroma(
            ImageWriter writer, ImageWriteParam param, ImageTypeSpecifier type) throws IOException {
        IIOMetadata metadata = writer.getDefaultImageMetadata(type, param);
        Element root = (Element) metadata.getAsTree(NATIVE_FORMAT);
        NodeList components = root.getElementsByTagName("componentSpec");
        for (int i = 0; i < components.getLength(); i++) {
            Element component = (Element) components.item(i);
            component.setAttribute("HsamplingFactor", "1");
            component.setAttribute("VsamplingFactor", "1");
        }
        metadata.setFromTree(NATIVE_FORMAT, root);
        return metadata;
    }

    private static FileBytes withMetadata(byte[] plain, ImageMetadata metadata) throws IOException {
        FileBuffer out = new FileBuffer();
        int jfifEnd = 4 + ((plain[4] & 0xFF) << 8 | (plain[5] & 0xFF));
        out.write(plain, 0, jfifEnd);
        if (metadata.hasExif()) {
            writeSegment(out, 0xE1, JpegFile.EXIF_SIGNATURE, metadata.exif());
        }
        if (metadata.hasIccProfile()) {
            writeProfile(out, metadata.iccProfile());
        }
        out.write(plain, jfifEnd, plain.length - jfifEnd);
        return out.toFile();
    }

    /** In numbered parts, as a segment holds less than 64 KiB (ICC.1, annex B.4). */
    private static void writeProfile(FileBuffer out, byte[] profile) throws IOException {
        int signature = JpegFile.ICC_SIGNATURE.length;
        int partBytes = MAX_SEGMENT_BYTES - signature - 2;
        int parts = Math.ceilDiv(profile.length, partBytes);
        for (int i = 0; i < parts; i++) {
            int from = i * partBytes;
            int length = Math.min(partBytes, profile.length - from);
            byte[] data = new byte[2 + length];
            data[0] = (byte) (i + 1);
            data[1] = (byte) parts;
            System.arraycopy(profile, from, data, 2, length);
            writeSegment(out, 0xE2, JpegFile.ICC_SIGNATURE, data);
        }
    }

    private static void writeSegment(FileBuffer out, int marker, byte[] signature, byte[] data)
            throws IOException {
        int length = 2 + signature.length + data.length;
        out.write(0xFF);
        out.write(marker);
        out.write(length >> 8);
        out.write(length);
        out.write(signature);
        out.write(data);
    }
}
