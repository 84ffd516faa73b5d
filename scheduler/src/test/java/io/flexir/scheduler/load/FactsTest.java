package io.flexir.scheduler.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flexir.contracts.bundle.Task;
import io.flexir.scheduler.budget.JobFacts;
import io.flexir.scheduler.bundles.Bundle;
import io.flexir.scheduler.bundles.BundleCatalog;
import io.flexir.scheduler.bundles.Manifests;
import io.flexir.scheduler.jobs.Requests;

import org.junit.jupiter.api.Test;

import java.util.List;

class FactsTest {
    private static final String MODEL = "denoise";
    private static final double PIXELS = 1e6;

    private final Bundle first = Manifests.bundle(MODEL, 6);

    /** As deep, and of another digest: dearer, as a version may be. */
    private final Bundle second =
            new Bundle(
                    Manifests.manifest(
                            MODEL, 6, new Task.Denoise(25, 25), 2 * Manifests.GRAPH_MACS),
                    Manifests.digest("another version"));

    private final Facts facts = new Facts(BundleCatalog.of(List.of(first)));

    @Test
    void another_version_of_a_bundle_costs_what_its_own_manifest_says() {
        assertThat(of(first).gigaMacs(6))
                .isCloseTo(first.macsPerPixel(6) * PIXELS / 1e9, within(1e-9));
        assertThat(of(second).gigaMacs(6)).isEqualTo(2 * of(first).gigaMacs(6));
    }

    private JobFacts of(Bundle bundle) {
        return facts.of(Requests.job("a").ofUnknownSize().request(), bundle, PIXELS);
    }
}
