package io.flexir.worker.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import java.util.List;

class TileTest {
    @Property
    void a_sample_is_bounded_and_lies_within_the_image(
            @ForAll @IntRange(min = 1, max = 60_000) int width,
            @ForAll @IntRange(min = 1, max = 60_000) int height) {
        List<Tile> tiles = Tile.sample(width, height);

        assertThat(tiles)
                .hasSizeBetween(1, Tile.MOST)
                .allMatch(tile -> tile.x() >= 0 && tile.x() + tile.width() <= width)
                .allMatch(tile -> tile.y() >= 0 && tile.y() + tile.height() <= height)
                .doesNotHaveDuplicates();
    }

    @Property
    void a_sample_of_a_small_image_covers_it(
            @ForAll @IntRange(min = 1, max = 512) int width,
            @ForAll @IntRange(min = 1, max = 512) int height) {
        List<Tile> tiles = Tile.sample(width, height);

        assertThat(tiles).anyMatch(tile -> tile.x() == 0 && tile.y() == 0);
        assertThat(tiles).hasSize(Math.ceilDiv(width, Tile.SIDE) * Math.ceilDiv(height, Tile.SIDE));
    }
}
