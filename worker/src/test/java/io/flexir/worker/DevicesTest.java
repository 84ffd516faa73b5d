package io.flexir.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.flexir.worker.config.ComputeSettings;
import io.flexir.worker.config.DeviceChoice;
import io.flexir.worker.restore.model.Accelerator;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;

class DevicesTest {
    private static final int THREADS = 2;

    @Test
    void the_processor_has_a_name() {
        Devices.Selected selected = Devices.select(on(new DeviceChoice.Cpu()));

        assertThat(selected.device().kind()).isEqualTo("cpu");
        assertThat(selected.device().name()).isNotBlank();
        assertThat(selected.runtime().accelerator()).isEqualTo(new Accelerator.None());
    }

    @Test
    void without_a_gpu_auto_is_the_processor() {
        assumeNoGpu();

        Devices.Selected selected = Devices.select(on(new DeviceChoice.Auto()));

        assertThat(selected.device().kind()).isEqualTo("cpu");
    }

    @Test
    void without_a_gpu_cuda_is_refused_with_what_to_do() {
        assumeNoGpu();

        assertThatThrownBy(() -> Devices.select(on(new DeviceChoice.Cuda(0))))
                .isInstanceOf(DeviceMissingException.class)
                .hasMessageContaining("--device cpu")
                .hasMessageMatching(".*(mvn -Pgpu|CUDA 12 and cuDNN 9).*");
    }

    private static void assumeNoGpu() {
        assumeThat(Files.exists(Path.of("/proc/driver/nvidia/gpus"))).isFalse();
    }

    private static ComputeSettings on(DeviceChoice device) {
        return new ComputeSettings(Path.of("models"), device, 0, 1, THREADS, 12);
    }
}
