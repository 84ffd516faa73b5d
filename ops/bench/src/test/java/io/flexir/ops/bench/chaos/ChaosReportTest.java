package io.flexir.ops.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class ChaosReportTest {
    @Test
    void a_run_is_good_if_all_was_played_and_nothing_found() {
        assertThat(report(Map.of(), true, List.of()).kept()).isTrue();
        assertThat(report(Map.of(), false, List.of()).kept()).isFalse();
        assertThat(report(Map.of(), true, List.of("lost")).kept()).isFalse();
    }

    @Test
    void faults_that_could_not_be_brought_about_are_told_and_make_it_fail() {
        ChaosReport report = report(Map.of("poison", 2), true, List.of());

        assertThat(report.kept()).isFalse();
        assertThat(report.lines()).contains("Faults that could not be brought about: {poison=2}");
        assertThat(report.toJson()).contains("\"faultsFailed\":{\"poison\":2}");
    }

    private static ChaosReport report(
            Map<String, Integer> failed, boolean settled, List<String> findings) {
        return new ChaosReport(
                1,
                10,
                10,
                0,
                0,
                Map.of("restored", 10L),
                Map.of("kill-worker", 3),
                failed,
                0,
                0,
                0,
                0,
                settled,
                12.5,
                findings);
    }
}
