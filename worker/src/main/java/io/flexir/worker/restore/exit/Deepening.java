package io.flexir.worker.restore.exit;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.worker.restore.region.Guillotine;
import io.flexir.worker.restore.region.Lattice;
import io.flexir.worker.restore.region.Rect;

import java.util.Arrays;
import java.util.List;

/**
 * Decides which parts of one tile go a stage deeper, so that expected gain less price is greatest
 * once halos and branches are paid. Knows nothing but the tile's input. Pure after construction.
 */
public final class Deepening {
    private static final int MAX_CELLS = 1024;
    private static final double THOUSAND = 1000;
    private static final double HUNDRED = 100;

    /** In squared gray levels; without costs a tile would fall to pieces. */
    private static final double LEAST_PRICE = 1e-9;

    private final PayoffRule rule;
    private final ErrorSum imageError;
    private final PartCosts costs;
    private final Lattice lattice;
    private final double[] energies;
    private final long[] pixels;

    /**
     * @param imageError of the whole image that the tile belongs to
     * @param input luma of the whole tile
     * @param core where the tile's output is used, in pixels of the tile: a gain elsewhere is none
     */
    public Deepening(
            PayoffRule rule, ErrorSum imageError, BundleManifest manifest, Luma input, Rect core) {
        this.rule = rule;
        this.imageError = imageError;
        this.lattice = lattice(input.width(), input.height(), rule.table().cell());
        this.costs = new PartCosts(manifest, Margins.of(manifest), lattice.whole());
        this.energies = new double[lattice.cells()];
        this.pixels = new long[lattice.cells()];
        for (int i = 0; i < energies.length; i++) {
            energies[i] = GradientEnergy.of(input, lattice.cell(i));
            pixels[i] = lattice.cell(i).common(core).map(Rect::pixels).orElse(0L);
        }
    }

    /** Of the table's cells, or of so many of them together that deciding costs next to nothing. */
    private static Lattice lattice(int width, int height, int cell) {
        Lattice lattice = new Lattice(width, height, cell);
        return lattice.cells() <= MAX_CELLS ? lattice : lattice(width, height, 2 * cell);
    }

    /** The tile as one part, before anything was decided. */
    public List<Part> whole() {
        return List.of(new Part(lattice.whole(), true, 0));
    }

    /**
     * What becomes of the parts that have come to {@code pointer}; the same pixels, cut anew.
     *
     * @param arrived parts of the last decision that went on
     * @param mayGoOn whether there is a next stage to go to
     */
    public List<Part> decide(int pointer, List<Part> arrived, boolean mayGoOn) {
        Sums here = Sums.over(lattice, arrivals(arrived));
        Sums gains = Sums.over(lattice, mayGoOn ? gains(pointer) : new double[lattice.cells()]);
        Prices prices = new Prices(pointer, mayGoOn, here, gains);
        return Guillotine.cut(lattice.columns(), lattice.rows(), prices).stream()
                .filter(block -> prices.cells(block) > 0)
                .map(prices::part)
                .toList();
    }

    private double[] arrivals(List<Part> arrived) {
        double[] here = new double[lattice.cells()];
        for (int i = 0; i < here.length; i++) {
            Rect cell = lattice.cell(i);
            here[i] = arrived.stream().anyMatch(part -> part.pixels().contains(cell)) ? 1 : 0;
        }
        return here;
    }

    /** Squared gray levels, summed over each cell's pixels. */
    private double[] gains(int pointer) {
        double[] gains = new double[energies.length];
        Arrays.setAll(gains, i -> rule.gain(pointer, energies[i]) * pixels[i]);
        return gains;
    }

    /** All in multiply-adds: a gain is worth as many as its price allows. */
    private final class Prices implements Guillotine.Costs {
        private final int pointer;
        private final boolean mayGoOn;
        private final Sums here;
        private final Sums gains;
        private final double price;

        private Prices(int pointer, boolean mayGoOn, Sums here, Sums gains) {
            this.pointer = pointer;
            this.mayGoOn = mayGoOn;
            this.here = here;
            this.gains = gains;
            this.price = Math.max(rule.priceIn(imageError.mean(pointer)), LEAST_PRICE);
        }

        @Override
        public double stop(int left, int top, int right, int bottom) {
            double arrived = here.of(left, top, right, bottom);
            if (arrived == 0) {
                return 0;
            }
            return arrived < (right - left) * (bottom - top)
                    ? Double.POSITIVE_INFINITY
                    : costs.branch(pointer, lattice.pixels(left, top, right, bottom));
        }

        @Override
        public double goOn(int left, int top, int right, int bottom) {
            if (!mayGoOn || here.of(left, top, right, bottom) < (right - left) * (bottom - top)) {
                return Double.POSITIVE_INFINITY;
            }
            Rect part = lattice.pixels(left, top, right, bottom);
            double worth = gains.of(left, top, right, bottom) * THOUSAND / price;
            return costOfGoingOn(part) - worth;
        }

        private double costOfGoingOn(Rect part) {
            return costs.nextStage(pointer, part) + costs.branch(pointer + 1, part);
        }

        private double cells(Guillotine.Block block) {
            return here.of(block.left(), block.top(), block.right(), block.bottom());
        }

        private Part part(Guillotine.Block block) {
            Rect part = lattice.pixels(block.left(), block.top(), block.right(), block.bottom());
            double payoff = 0;
            if (mayGoOn) {
                double gain = gains.of(block.left(), block.top(), block.right(), block.bottom());
                double more = costOfGoingOn(part) - costs.branch(pointer, part);
                payoff = Math.max(0, gain * THOUSAND / more / imageError.mean(pointer) * HUNDRED);
            }
            return new Part(part, block.goesOn(), payoff);
        }
    }

    /** Sums over rectangles of cells, each in four look-ups. */
    private record Sums(int stride, double[] table) {
        static Sums over(Lattice lattice, double[] values) {
            int stride = lattice.columns() + 1;
            double[] table = new double[stride * (lattice.rows() + 1)];
            for (int y = 0; y < lattice.rows(); y++) {
                double row = 0;
                for (int x = 0; x < lattice.columns(); x++) {
                    row += values[y * lattice.columns() + x];
                    table[(y + 1) * stride + x + 1] = table[y * stride + x + 1] + row;
                }
            }
            return new Sums(stride, table);
        }

        double of(int left, int top, int right, int bottom) {
            return table[bottom * stride + right]
                    - table[top * stride + right]
                    - table[bottom * stride + left]
                    + table[top * stride + left];
        }
    }
}
