package io.flexir.ops.bench.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.contracts.control.BudgetPolicy;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

class FlowReportTest {
    private static final FlowReport REPORT =
            new FlowReport(
                    new FlowSettings(
                            1000,
                            3,
                            5000,
                            20,
                            Duration.ofSeconds(20),
                            new BudgetPolicy.Load(30),
                            Path.of("models")),
                    List.of(
                            new Round(9000, 3, 30_000, 564, 901),
                            new Round(12_000, 3, 24_000, 564, 901),
                            new Round(8000, 3, 40_000, 564, 901)),
                    new Latency(400, 8.1, 12, 31.5, 40));

    @Test
    void the_round_in_the_middle_by_its_ratio_stands_for_all() {
        assertThat(REPORT.median().ordersPerSecond()).isEqualTo(9000);
        assertThat(REPORT.median().ratio()).isEqualTo(0.3);
    }

    @Test
    void scripts_find_rates_ratio_and_latency() throws Exception {
        JsonNode json = new JsonMapper().readTree(FlowJson.of(REPORT));

        assertThat(json.path("ordersPerSecond").asDouble()).isEqualTo(9000);
        assertThat(json.path("barePerSecond").asDouble()).isEqualTo(30_000);
        assertThat(json.path("recordsPerOrder").asDouble()).isEqualTo(3);
        assertThat(json.path("rounds")).hasSize(3);
        assertThat(json.path("latency").path("p99Millis").asDouble()).isEqualTo(31.5);
    }

    @Test
    void people_read_a_row_for_each_round_and_the_latency() {
        assertThat(FlowTable.lines(REPORT))
                .anyMatch(line -> line.startsWith("median") && line.contains("30%"))
                .anyMatch(line -> line.startsWith("median") && line.contains("27000"))
                .anyMatch(line -> line.contains("p50 8.1 ms") && line.contains("p99 31.5 ms"));
    }
}
