package io.flexir.worker.restore.region;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.worker.restore.region.Guillotine.Block;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

class GuillotineTest {
    private static final double MARGIN = 0.5;

    @Test
    void where_nothing_is_worth_it_the_lattice_stays_whole() {
        List<Block> blocks = Guillotine.cut(5, 4, new Worth(new double[4][5], MARGIN));

        assertThat(blocks).containsExactly(new Block(0, 0, 5, 4, false));
    }

    @Test
    void where_everything_is_worth_it_the_lattice_stays_whole() {
        double[][] worth = filled(4, 5, 3);

        List<Block> blocks = Guillotine.cut(5, 4, new Worth(worth, MARGIN));

        assertThat(blocks).containsExactly(new Block(0, 0, 5, 4, true));
    }

    @Test
    void a_worthy_corner_is_cut_out() {
        double[][] worth = new double[4][5];
        worth[0][0] = worth[0][1] = worth[1][0] = worth[1][1] = 20;

        List<Block> blocks = Guillotine.cut(5, 4, new Worth(worth, MARGIN));

        assertThat(blocks).contains(new Block(0, 0, 2, 2, true));
        assertThat(blocks).filteredOn(Block::goesOn).hasSize(1);
    }

    @Test
    void a_cell_that_does_not_pay_its_margin_stays_behind() {
        double[][] worth = new double[3][3];
        worth[1][1] = 3.5;

        assertThat(Guillotine.cut(3, 3, new Worth(worth, 0))).anyMatch(Block::goesOn);
        assertThat(Guillotine.cut(3, 3, new Worth(worth, MARGIN))).noneMatch(Block::goesOn);
    }

    @Test
    void blocks_make_up_the_lattice_and_none_could_be_dealt_with_cheaper_the_other_way() {
        Random random = new Random(4);
        for (int run = 0; run < 50; run++) {
            int columns = 1 + random.nextInt(6);
            int rows = 1 + random.nextInt(6);
            double[][] worth = new double[rows][columns];
            for (double[] row : worth) {
                for (int x = 0; x < columns; x++) {
                    row[x] = random.nextDouble() * 6;
                }
            }
            Worth costs = new Worth(worth, MARGIN);

            List<Block> blocks = Guillotine.cut(columns, rows, costs);

            int[][] covered = new int[rows][columns];
            for (Block block : blocks) {
                for (int y = block.top(); y < block.bottom(); y++) {
                    for (int x = block.left(); x < block.right(); x++) {
                        covered[y][x]++;
                    }
                }
                assertThat(costs.of(block)).isLessThanOrEqualTo(costs.of(turned(block)));
            }
            for (int[] row : covered) {
                assertThat(row).containsOnly(1);
            }
        }
    }

    private static Block turned(Block block) {
        return new Block(block.left(), block.top(), block.right(), block.bottom(), !block.goesOn());
    }

    private static double[][] filled(int rows, int columns, double value) {
        double[][] values = new double[rows][columns];
        for (double[] row : values) {
            Arrays.fill(row, value);
        }
        return values;
    }

    /**
     * Going on costs 2 a cell, stopping 1, and both a margin around the block.
     *
     * @param worth by row and column: what going on brings
     */
    private record Worth(double[][] worth, double margin) implements Guillotine.Costs {
        double of(Block block) {
            return block.goesOn()
                    ? goOn(block.left(), block.top(), block.right(), block.bottom())
                    : stop(block.left(), block.top(), block.right(), block.bottom());
        }

        @Override
        public double stop(int left, int top, int right, int bottom) {
            return (right - left + 2 * margin) * (bottom - top + 2 * margin);
        }

        @Override
        public double goOn(int left, int top, int right, int bottom) {
            double sum = 0;
            for (int y = top; y < bottom; y++) {
                for (int x = left; x < right; x++) {
                    sum += worth[y][x];
                }
            }
            return 2 * stop(left, top, right, bottom) - sum;
        }
    }
}
