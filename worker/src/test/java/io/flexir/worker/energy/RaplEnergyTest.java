package io.flexir.worker.energy;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.work.Energy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class RaplEnergyTest {
    private static final EnergyMeter FALLBACK = new EstimatedEnergy(12);

    @TempDir private Path powercap;

    @Test
    void adds_up_what_every_package_drew() throws IOException {
        counter("intel-rapl:0", 1_000_000);
        counter("intel-rapl:1", 5_000_000);
        EnergyMeter.Reading reading = RaplEnergy.orElse(powercap, FALLBACK).start();

        counter("intel-rapl:0", 3_500_000);
        counter("intel-rapl:1", 6_000_000);

        assertThat(reading.stop(10)).isEqualTo(new Energy(3.5, "rapl"));
    }

    @Test
    void does_not_count_a_part_of_a_package_twice() throws IOException {
        counter("intel-rapl:0", 0);
        counter("intel-rapl:0:0", 0);
        EnergyMeter.Reading reading = RaplEnergy.orElse(powercap, FALLBACK).start();

        counter("intel-rapl:0", 2_000_000);
        counter("intel-rapl:0:0", 1_500_000);

        assertThat(reading.stop(10).joules()).isEqualTo(2);
    }

    @Test
    void goes_on_over_the_end_of_the_counters_range() throws IOException {
        counter("intel-rapl:0", 9_000_000);
        Files.writeString(powercap.resolve("intel-rapl:0/max_energy_range_uj"), "10000000\n");
        EnergyMeter.Reading reading = RaplEnergy.orElse(powercap, FALLBACK).start();

        counter("intel-rapl:0", 500_000);

        assertThat(reading.stop(10).joules()).isEqualTo(1.5);
    }

    @Test
    void estimates_where_no_counter_can_be_read() {
        EnergyMeter.Reading reading = RaplEnergy.orElse(powercap, FALLBACK).start();

        assertThat(reading.stop(10)).isEqualTo(new Energy(120, "estimate:12.0W-per-busy-thread"));
    }

    @Test
    void estimates_when_a_counter_vanishes_under_way() throws IOException {
        counter("intel-rapl:0", 0);
        EnergyMeter.Reading reading = RaplEnergy.orElse(powercap, FALLBACK).start();

        Files.delete(powercap.resolve("intel-rapl:0/energy_uj"));

        assertThat(reading.stop(1).method()).startsWith("estimate:");
    }

    private void counter(String zone, long microjoules) throws IOException {
        Path directory = Files.createDirectories(powercap.resolve(zone));
        Files.writeString(directory.resolve("energy_uj"), microjoules + "\n");
    }
}
