package io.flexir.scheduler.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.scheduler.bundles.Manifests;

import org.junit.jupiter.api.Test;

class QualityCurveTest {
    private static final double[] COSTS = {1, 2, 3, 4};

    @Test
    void the_envelope_leaves_out_what_a_deeper_pointer_makes_up_for() {
        QualityCurve curve = new QualityCurve(20, new double[] {30, 30.1, 31, 31.2}, COSTS);

        assertThat(curve.next(1, 4)).isEqualTo(3);
        assertThat(curve.next(2, 4)).isEqualTo(3);
        assertThat(curve.next(3, 4)).isEqualTo(4);
        assertThat(curve.next(1, 2)).isEqualTo(2);
    }

    @Test
    void it_ends_where_nothing_deeper_is_better() {
        QualityCurve curve = new QualityCurve(20, new double[] {30, 31, 31, 30.9}, COSTS);

        assertThat(curve.next(2, 4)).isZero();
        assertThat(curve.next(4, 4)).isZero();
    }

    @Test
    void a_manifest_has_a_cost_for_each_pointer() {
        QualityCurve curve = QualityCurve.of(Manifests.manifest("any", 3));

        assertThat(curve.n()).isEqualTo(3);
        assertThat(curve.gigaMacsPerPixel(3)).isEqualTo(5 * Manifests.GRAPH_MACS / 1e9);
        assertThat(curve.inputPsnr()).isEqualTo(20);
    }
}
