package io.flexir.ops.bench.engine;

import io.flexir.worker.restore.EngineSettings;

/** How regular inference cuts an image. Adaptive inference has its regions from the bundle. */
public sealed interface Tiling {

    /** The worker's own. */
    Tiling DEFAULT = new Bounded(EngineSettings.DEFAULT.maxTilePixels());

    /** Input pixels, halo included, that are fed at a time. */
    long maxTilePixels();

    /** For a sentence about regular inference. */
    String label();

    /** Not at all, whatever memory that takes. */
    record Whole() implements Tiling {
        @Override
        public long maxTilePixels() {
            return Integer.MAX_VALUE;
        }

        @Override
        public String label() {
            return "of whole images";
        }
    }

    /** Into as few tiles as this bound allows; a small image is one tile. */
    record Bounded(long maxTilePixels) implements Tiling {
        public Bounded {
            if (maxTilePixels < 1) {
                throw new IllegalArgumentException(
                        "a tile has at least 1 pixel, not " + maxTilePixels);
            }
        }

        /** Tiles of at most as many pixels as a square of this side. */
        public static Bounded ofSide(int side) {
            return new Bounded((long) side * side);
        }

        @Override
        public String label() {
            return "in tiles of up to " + maxTilePixels + " pixels";
        }
    }
}
