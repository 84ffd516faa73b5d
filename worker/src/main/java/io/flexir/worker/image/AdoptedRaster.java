package io.flexir.worker.image;

import org.jspecify.annotations.Nullable;

import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;

/** A decoder's samples taken over as they lie, without a second copy of the picture. */
final class AdoptedRaster {
    private AdoptedRaster() {}

    /**
     * The raster's own array, its bands put into order; null where the raster is not an opaque,
     * upright picture of 8 bits without gaps. The raster must not be used any more.
     */
    static @Nullable Samples of(Raster raster, int channels, Orientation orientation) {
        if (raster.getNumBands() != channels
                || orientation != Orientation.UPRIGHT
                || raster.getParent() != null
                || !(raster.getDataBuffer() instanceof DataBufferByte data)
                || !(raster.getSampleModel() instanceof PixelInterleavedSampleModel model)) {
            return null;
        }
        byte[] samples = data.getData();
        boolean dense =
                model.getPixelStride() == channels
                        && model.getScanlineStride() == channels * raster.getWidth()
                        && samples.length == model.getScanlineStride() * raster.getHeight()
                        && data.getNumBanks() == 1
                        && data.getOffset() == 0;
        return dense && inOrder(samples, model.getBandOffsets())
                ? new Samples.Bytes(samples)
                : null;
    }

    private static boolean inOrder(byte[] samples, int[] offsets) {
        if (offsets.length == 1) {
            return offsets[0] == 0;
        }
        if (offsets.length != 3 || offsets[1] != 1) {
            return false;
        }
        if (offsets[0] == 2) {
            for (int i = 0; i < samples.length; i += 3) {
                byte blue = samples[i];
                samples[i] = samples[i + 2];
                samples[i + 2] = blue;
            }
        }
        return true;
    }
}
