package io.flexir.worker.image;

/**
 * What is carried beside the pixels, from file to file.
 *
 * <p><b>ICC profile.</b> Carried as its bytes, and written into PNG (iCCP), JPEG (APP2), TIFF (tag
 * 34675) and WebP (ICCP). Pixels are not colour-converted, so profile and pixels stay a pair. It is
 * dropped when it is damaged or does not fit the pixels' channels, and for CMYK input, whose pixels
 * are converted to sRGB. BMP cannot hold one, and WebP none for gray.
 *
 * <p><b>EXIF.</b> Camera, lens, exposure, dates, author, copyright and description are written into
 * JPEG (APP1), PNG (eXIf) and WebP (EXIF); into TIFF only the text fields of its main directory;
 * BMP cannot hold any. Left behind: the GPS position, maker notes and user comments (which may hold
 * a position or a serial number), the thumbnail (it shows the picture unrestored) and the stored
 * size. Orientation is applied to the pixels and written as 1.
 *
 * <p>XMP, IPTC, text chunks, comments, resolution, gamma and chromaticity are not carried.
 *
 * @param iccProfile the profile, or no bytes
 * @param exif a TIFF structure without the leading {@code Exif\0\0}, cleaned, or no bytes
 */
public record ImageMetadata(byte[] iccProfile, byte[] exif) {
    /** Nothing beside the pixels. */
    public static final ImageMetadata NONE = new ImageMetadata(new byte[0], new byte[0]);

    public ImageMetadata {
        iccProfile = iccProfile.clone();
        exif = exif.clone();
    }

    @Override
    public byte[] iccProfile() {
        return iccProfile.clone();
    }

    @Override
    public byte[] exif() {
        return exif.clone();
    }

    boolean hasIccProfile() {
        return iccProfile.length > 0;
    }

    boolean hasExif() {
        return exif.length > 0;
    }
}
