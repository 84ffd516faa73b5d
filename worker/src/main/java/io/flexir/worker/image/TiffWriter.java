package io.flexir.worker.image;

import io.flexir.worker.image.TiffDirectories.Directory;
import io.flexir.worker.image.TiffDirectories.Field;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.plugins.tiff.BaselineTIFFTagSet;
import javax.imageio.plugins.tiff.TIFFDirectory;
import javax.imageio.plugins.tiff.TIFFField;
import javax.imageio.plugins.tiff.TIFFTag;

/** TIFF with Deflate and horizontal differencing, with profile and the EXIF's text fields. */
final class TiffWriter {
    private static final int ASCII = 2;

    /** The writer takes level 1 + 8 * quality; its default is 9, ten times slower. */
    private static final float LEVEL_2 = 1 / 8f;

    private TiffWriter() {}

    static FileBytes write(PixelImage image) throws IOException {
        return PluginWriter.write(
                ImageFormat.TIFF,
                RasterExport.exact(image),
                (writer, param, type) -> {
                    param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                    param.setCompressionType("Deflate");
                    param.setCompressionQuality(LEVEL_2);
                    return metadata(image.metadata(), writer, param, type);
                });
    }

    private static IIOMetadata metadata(
            ImageMetadata metadata,
            ImageWriter writer,
            ImageWriteParam param,
            ImageTypeSpecifier type)
            throws IOException {
        TIFFDirectory directory =
                TIFFDirectory.createFromMetadata(writer.getDefaultImageMetadata(type, param));
        BaselineTIFFTagSet tags = BaselineTIFFTagSet.getInstance();
        directory.addTIFFField(
                new TIFFField(
                        tags.getTag(BaselineTIFFTagSet.TAG_PREDICTOR),
                        BaselineTIFFTagSet.PREDICTOR_HORIZONTAL_DIFFERENCING));
        if (metadata.hasIccProfile()) {
            byte[] profile = metadata.iccProfile();
            directory.addTIFFField(
                    new TIFFField(
                            tags.getTag(BaselineTIFFTagSet.TAG_ICC_PROFILE),
                            TIFFTag.TIFF_UNDEFINED,
                            profile.length,
                            profile));
        }
        if (metadata.hasExif()) {
            addTexts(metadata.exif(), directory);
        }
        return directory.getAsMetadata();
    }

    private static void addTexts(byte[] exif, TIFFDirectory directory) throws IOException {
        TiffDirectories directories = TiffDirectories.read(exif);
        Directory main = directories.chain().getFirst();
        for (int tag : ExifBlock.KEPT_MAIN) {
            Field field = main.fields().get(tag);
            TIFFTag target = BaselineTIFFTagSet.getInstance().getTag(tag);
            if (field != null && field.type() == ASCII && target != null) {
                String text = new String(directories.bytes(field), StandardCharsets.ISO_8859_1);
                directory.addTIFFField(
                        new TIFFField(target, TIFFTag.TIFF_ASCII, 1, new String[] {text.trim()}));
            }
        }
    }
}
