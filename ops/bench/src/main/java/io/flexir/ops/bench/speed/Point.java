package io.flexir.ops.bench.speed;

import java.nio.file.Path;

/**
 * What is timed: one square image to one depth.
 *
 * @param directory the bundle's
 * @param size width and height of the image, in pixels
 * @param pointer the last stage that runs
 */
public record Point(Path directory, int size, int pointer) {
    public Point {
        if (size < 1 || pointer < 1) {
            throw new IllegalArgumentException(
                    "size and pointer must be at least 1, are " + size + " and " + pointer);
        }
    }
}
