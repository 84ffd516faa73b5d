package io.flexir.worker.restore.model;

/**
 * How ONNX Runtime is used.
 *
 * @param intraThreads threads that share one operator, of the pool that all sessions of this
 *     process share; 1..256
 * @param interThreads threads that run operators side by side; 1..256
 * @param spin whether idle pool threads spin for work: faster between operators, burns a core while
 *     waiting
 * @param maxResidentModels models that are kept although no job uses them; at least 1
 * @param accelerator what graphs run on
 */
public record RuntimeSettings(
        int intraThreads,
        int interThreads,
        boolean spin,
        int maxResidentModels,
        Accelerator accelerator) {
    private static final int MAX_THREADS = 256;

    public RuntimeSettings {
        if (intraThreads < 1
                || intraThreads > MAX_THREADS
                || interThreads < 1
                || interThreads > MAX_THREADS) {
            throw new IllegalArgumentException(
                    "threads must be between 1 and "
                            + MAX_THREADS
                            + ", are "
                            + intraThreads
                            + " intra and "
                            + interThreads
                            + " inter");
        }
        if (maxResidentModels < 1) {
            throw new IllegalArgumentException(
                    "maxResidentModels must be at least 1, is " + maxResidentModels);
        }
    }

    /** On the processor. */
    public RuntimeSettings(
            int intraThreads, int interThreads, boolean spin, int maxResidentModels) {
        this(intraThreads, interThreads, spin, maxResidentModels, new Accelerator.None());
    }

    /** The same on something else. */
    public RuntimeSettings on(Accelerator other) {
        return new RuntimeSettings(intraThreads, interThreads, spin, maxResidentModels, other);
    }

    /** Settings for a process that has {@code cores} to itself. */
    public static RuntimeSettings forCores(int cores) {
        return new RuntimeSettings(Math.clamp(cores, 1, MAX_THREADS), 1, true, 2);
    }
}
