package io.flexir.ops.cli;

import io.flexir.ops.local.CannotStart;
import io.flexir.worker.config.DeviceChoice;
import io.flexir.worker.restore.model.Accelerator;
import io.flexir.worker.restore.model.Cuda;
import io.flexir.worker.restore.model.RuntimeSettings;

import picocli.CommandLine.Option;

/** What a measurement computes on: it is told, so that a figure says where it is from. */
final class DeviceOption {

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "cpu",
            description =
                    "What networks are computed on: cpu, cuda or cuda:N (default: ${DEFAULT-VALUE}).")
    private String device;

    /**
     * How the engine computes there.
     *
     * @throws CannotStart when it cannot; the message says what to do
     */
    RuntimeSettings settings(int threads) {
        RuntimeSettings processor = RuntimeSettings.forCores(threads);
        return switch (choice()) {
            case DeviceChoice.Cpu() -> processor;
            case DeviceChoice.Cuda(int index) -> on(new Accelerator.Cuda(index, 0), processor);
            case DeviceChoice.Auto() ->
                    throw new CannotStart("--device is cpu, cuda or cuda:N here");
        };
    }

    private DeviceChoice choice() {
        try {
            return DeviceChoice.parse(device);
        } catch (IllegalArgumentException wrong) {
            throw new CannotStart(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private static RuntimeSettings on(Accelerator.Cuda gpu, RuntimeSettings processor) {
        Cuda.missing(processor, gpu)
                .ifPresent(
                        reason -> {
                            throw new CannotStart(reason);
                        });
        return processor.on(gpu);
    }

    /** The device as PyTorch names it. */
    static String inPyTorch(Accelerator accelerator) {
        return switch (accelerator) {
            case Accelerator.None() -> "cpu";
            case Accelerator.Cuda(int index, long _) -> "cuda:" + index;
        };
    }
}
