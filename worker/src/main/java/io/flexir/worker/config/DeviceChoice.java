package io.flexir.worker.config;

/** What a worker is to compute on. */
public sealed interface DeviceChoice {
    /** The first GPU if there is one that works, else the processor. */
    record Auto() implements DeviceChoice {}

    /** The processor. */
    record Cpu() implements DeviceChoice {}

    /**
     * A GPU of NVIDIA's, and nothing else.
     *
     * @param index its number, from 0
     */
    record Cuda(int index) implements DeviceChoice {
        public Cuda {
            Check.between("device index", index, 0, 63);
        }
    }

    /**
     * Reads {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:N}.
     *
     * @throws IllegalArgumentException for anything else
     */
    static DeviceChoice parse(String text) {
        return switch (text) {
            case "auto" -> new Auto();
            case "cpu" -> new Cpu();
            case "cuda" -> new Cuda(0);
            default -> {
                if (!text.matches("cuda:\\d{1,2}")) {
                    throw new IllegalArgumentException(
                            "device must be auto, cpu, cuda or cuda:N, is " + text);
                }
                yield new Cuda(Integer.parseInt(text.substring("cuda:".length())));
            }
        };
    }
}
