package io.flexir.worker;

import io.flexir.contracts.fleet.Device;
import io.flexir.worker.config.ComputeSettings;
import io.flexir.worker.config.DeviceChoice;
import io.flexir.worker.restore.model.Accelerator;
import io.flexir.worker.restore.model.Cuda;
import io.flexir.worker.restore.model.RuntimeSettings;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds out what this machine computes on. */
final class Devices {
    private static final Logger LOG = LoggerFactory.getLogger(Devices.class);
    private static final Path GPUS = Path.of("/proc/driver/nvidia/gpus");
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final int MAX_NAME = 128;

    private Devices() {}

    /**
     * What to compute on, and how ONNX Runtime is set up for it.
     *
     * @param device as heartbeats and receipts call it
     */
    record Selected(RuntimeSettings runtime, Device device) {}

    /**
     * @throws DeviceMissingException when a GPU is asked for and cannot be used
     */
    static Selected select(ComputeSettings compute) {
        RuntimeSettings cpu = RuntimeSettings.forCores(compute.threads());
        return switch (compute.device()) {
            case DeviceChoice.Cpu() -> new Selected(cpu, cpu(cpu.intraThreads()));
            case DeviceChoice.Cuda(int index) -> {
                Accelerator.Cuda gpu = new Accelerator.Cuda(index, compute.deviceMemoryBytes());
                Optional<String> missing = Cuda.missing(cpu, gpu);
                if (missing.isPresent()) {
                    throw new DeviceMissingException(missing.get());
                }
                yield cuda(cpu, gpu);
            }
            case DeviceChoice.Auto() -> {
                Accelerator.Cuda gpu = new Accelerator.Cuda(0, compute.deviceMemoryBytes());
                Optional<String> missing = Cuda.missing(cpu, gpu);
                missing.ifPresent(reason -> LOG.info("event=device_is_cpu reason={}", reason));
                yield missing.isPresent()
                        ? new Selected(cpu, cpu(cpu.intraThreads()))
                        : cuda(cpu, gpu);
            }
        };
    }

    private static Selected cuda(RuntimeSettings cpu, Accelerator.Cuda gpu) {
        return new Selected(cpu.on(gpu), device("cuda", gpuName(gpu.index()), cpu.intraThreads()));
    }

    static Device cpu(int threads) {
        return device("cpu", cpuName(), threads);
    }

    private static Device device(String kind, String given, int threads) {
        String name = given.replaceAll("\\s+", " ").strip();
        return new Device(kind, name.substring(0, Math.min(name.length(), MAX_NAME)), threads);
    }

    /** As the driver calls it. */
    private static String gpuName(int index) {
        try (Stream<Path> gpus = Files.list(GPUS)) {
            Path gpu = gpus.sorted().skip(index).findFirst().orElseThrow();
            return value(gpu.resolve("information"), "Model").orElse("GPU " + index);
        } catch (IOException | NoSuchElementException unknown) {
            return "GPU " + index;
        }
    }

    private static String cpuName() {
        try {
            return value(CPU_INFO, "model name").orElseGet(Devices::architecture);
        } catch (IOException noLinux) {
            return architecture();
        }
    }

    /** The first value of that name in a file of lines {@code name: value}. */
    private static Optional<String> value(Path file, String name) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name) && line.contains(":"))
                    .map(line -> line.substring(line.indexOf(':') + 1))
                    .filter(value -> !value.isBlank())
                    .findFirst();
        }
    }

    private static String architecture() {
        return System.getProperty("os.arch", "unknown");
    }
}
