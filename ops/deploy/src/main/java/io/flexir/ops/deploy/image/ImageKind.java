package io.flexir.ops.deploy.image;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An image that is built, and what sets it apart from the others. */
public enum ImageKind {
    SCHEDULER("scheduler", "io.flexir.scheduler.Main"),
    WORKER_CPU("worker-cpu", "io.flexir.worker.Main"),
    WORKER_CUDA("worker-cuda", "io.flexir.worker.Main"),
    /** The command line: topics, keys, bundles. */
    OPS("ops", "io.flexir.ops.cli.Main");

    private final String title;
    private final String mainClass;

    ImageKind(String title, String mainClass) {
        this.title = title;
        this.mainClass = mainClass;
    }

    /**
     * @throws IllegalArgumentException when there is no such image
     */
    public static ImageKind of(String title) {
        return Arrays.stream(values())
                .filter(kind -> kind.title.equals(title))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "no image is called "
                                                + title
                                                + ": there are "
                                                + Arrays.stream(values())
                                                        .map(ImageKind::title)
                                                        .collect(Collectors.joining(", "))));
    }

    /** As users name it, such as {@code worker-cpu}. */
    public String title() {
        return title;
    }

    /** Without registry and tag, such as {@code flexir/worker-cpu}. */
    public String repository() {
        return "flexir/" + title;
    }

    public String mainClass() {
        return mainClass;
    }

    /** TCP ports that it serves on unless told otherwise. */
    public List<Integer> ports() {
        return switch (this) {
            case SCHEDULER -> List.of(8080, 9464);
            case WORKER_CPU, WORKER_CUDA -> List.of(9465);
            case OPS -> List.of();
        };
    }

    boolean isWorker() {
        return this == WORKER_CPU || this == WORKER_CUDA;
    }

    /** Environment variables that hold unless the container is given others. */
    Map<String, String> environment() {
        return ImageEnvironment.of(this);
    }
}
