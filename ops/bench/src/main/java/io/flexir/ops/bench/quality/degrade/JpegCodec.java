package io.flexir.ops.bench.quality.degrade;

import io.flexir.ops.bench.image.Raster;

import org.w3c.dom.NodeList;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;

/** Through a JPEG file and back, by the JDK's own codec (libjpeg 6b, accurate integer DCT). */
final class JpegCodec {

    private static final String FORMAT = "jpeg";
    private static final String METADATA = "javax_imageio_jpeg_image_1.0";
    private static final String JDK_MODULE = "java.desktop";
    private static final float MAX = 255f;

    private JpegCodec() {}

    /** An 8-bit picture, saved and read back: gray stays gray, colour is saved as YCbCr 4:2:0. */
    static Raster saved(Raster picture, int quality) {
        try {
            return toRaster(decode(encode(toImage(picture), quality)));
        } catch (IOException e) {
            throw new UncheckedIOException("a JPEG file in memory was not written or read", e);
        }
    }

    private static byte[] encode(BufferedImage image, int quality) throws IOException {
        ImageWriter writer = ofJdk(ImageIO.getImageWritersByFormatName(FORMAT));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, metadata(writer, image, quality)), null);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** Tables of the IJG instead of the writer's own, which round differently. */
    private static IIOMetadata metadata(ImageWriter writer, BufferedImage image, int quality)
            throws IOException {
        IIOMetadata metadata =
                writer.getDefaultImageMetadata(
                        ImageTypeSpecifier.createFromRenderedImage(image), null);
        IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(METADATA);
        NodeList tables = root.getElementsByTagName("dqtable");
        for (int i = 0; i < tables.getLength(); i++) {
            IIOMetadataNode table = (IIOMetadataNode) tables.item(i);
            boolean luma = "0".equals(table.getAttribute("qtableId"));
            table.setUserObject(luma ? IjgTables.luma(quality) : IjgTables.chroma(quality));
        }
        metadata.setFromTree(METADATA, root);
        return metadata;
    }

    private static BufferedImage decode(byte[] jpeg) throws IOException {
        ImageReader reader = ofJdk(ImageIO.getImageReadersByFormatName(FORMAT));
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(jpeg))) {
            reader.setInput(in);
            return reader.read(0);
        } finally {
            reader.dispose();
        }
    }

    /** Libraries on the class path register codecs of their own. */
    private static <T> T ofJdk(Iterator<T> codecs) {
        while (codecs.hasNext()) {
            T codec = codecs.next();
            if (JDK_MODULE.equals(codec.getClass().getModule().getName())) {
                return codec;
            }
        }
        throw new IllegalStateException("this JDK has no JPEG codec");
    }

    private static BufferedImage toImage(Raster picture) {
        BufferedImage image =
                new BufferedImage(
                        picture.width(),
                        picture.height(),
                        picture.isGray()
                                ? BufferedImage.TYPE_BYTE_GRAY
                                : BufferedImage.TYPE_INT_RGB);
        // Sample by sample: a colour model would convert gray.
        WritableRaster samples = image.getRaster();
        for (int band = 0; band < picture.planes().length; band++) {
            float[] plane = picture.planes()[band];
            int[] values = new int[plane.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = Math.round(Math.clamp(plane[i], 0f, 1f) * MAX);
            }
            samples.setSamples(0, 0, picture.width(), picture.height(), band, values);
        }
        return image;
    }

    private static Raster toRaster(BufferedImage image) {
        java.awt.image.Raster samples = image.getRaster();
        int pixels = image.getWidth() * image.getHeight();
        float[][] planes = new float[samples.getNumBands()][pixels];
        for (int band = 0; band < planes.length; band++) {
            int[] values =
                    samples.getSamples(
                            0, 0, image.getWidth(), image.getHeight(), band, (int[]) null);
            for (int i = 0; i < pixels; i++) {
                planes[band][i] = values[i] / MAX;
            }
        }
        return new Raster(image.getWidth(), image.getHeight(), planes);
    }
}
