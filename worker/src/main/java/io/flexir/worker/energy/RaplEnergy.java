package io.flexir.worker.energy;

import io.flexir.contracts.work.Energy;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Energy from the processor's own counters (Intel RAPL through Linux' powercap). It counts whole
 * packages: whatever else runs on the machine meanwhile is counted too.
 */
public final class RaplEnergy implements EnergyMeter {
    /** Where Linux shows the counters. */
    public static final Path POWERCAP = Path.of("/sys/class/powercap");

    private static final Logger LOG = LoggerFactory.getLogger(RaplEnergy.class);

    private final List<Zone> packages;
    private final EnergyMeter fallback;

    private RaplEnergy(List<Zone> packages, EnergyMeter fallback) {
        this.packages = List.copyOf(packages);
        this.fallback = fallback;
    }

    /** RAPL where its counters can be read, otherwise the fallback. */
    public static EnergyMeter orElse(Path powercap, EnergyMeter fallback) {
        List<Zone> packages = new ArrayList<>();
        try (DirectoryStream<Path> zones =
                Files.newDirectoryStream(powercap, "intel-rapl:[0-9]*")) {
            for (Path zone : zones) {
                Zone candidate = new Zone(zone);
                // intel-rapl:0:1 is a part of intel-rapl:0.
                if (zone.getFileName().toString().chars().filter(c -> c == ':').count() == 1
                        && candidate.read("energy_uj").isPresent()) {
                    packages.add(candidate);
                }
            }
        } catch (IOException notThere) {
            LOG.debug("no energy counters path={}", powercap);
        }
        return packages.isEmpty() ? fallback : new RaplEnergy(packages, fallback);
    }

    @Override
    public Reading start() {
        List<Optional<Long>> before =
                packages.stream().map(zone -> zone.read("energy_uj")).toList();
        Reading estimate = fallback.start();
        return busyThreadSeconds -> {
            double joules = 0;
            for (int i = 0; i < packages.size(); i++) {
                Optional<Long> after = packages.get(i).read("energy_uj");
                if (before.get(i).isEmpty() || after.isEmpty()) {
                    return estimate.stop(busyThreadSeconds);
                }
                joules += packages.get(i).joulesBetween(before.get(i).get(), after.get());
            }
            return new Energy(joules, "rapl");
        };
    }

    private record Zone(Path directory) {
        Optional<Long> read(String counter) {
            try {
                return Optional.of(
                        Long.valueOf(Files.readString(directory.resolve(counter)).strip()));
            } catch (IOException | NumberFormatException unreadable) {
                return Optional.empty();
            }
        }

        /** The counter starts again at 0 beyond its range. */
        double joulesBetween(long beforeMicrojoules, long afterMicrojoules) {
            long drawn = afterMicrojoules - beforeMicrojoules;
            if (drawn < 0) {
                drawn += read("max_energy_range_uj").orElse(-drawn);
            }
            return drawn / 1e6;
        }
    }
}
