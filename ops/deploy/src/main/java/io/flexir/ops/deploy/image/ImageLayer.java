package io.flexir.ops.deploy.image;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** A layer, by what is in it; they lie upon each other in this order. */
enum ImageLayer {
    /** The lowest shared libraries and the user; an image on a base of somebody else's lacks it. */
    ROOT("root"),
    JAVA("java"),
    LIBRARIES("libraries"),
    START("start"),
    MODELS("models"),
    OWN("flexir");

    private final String title;

    ImageLayer(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Whether a file is of this layer, and not of one whose directory lies within this one's. */
    boolean holds(String pathInImage) {
        return this == of(pathInImage);
    }

    private static ImageLayer of(String pathInImage) {
        return Arrays.stream(values())
                .filter(layer -> layer.longestOf(pathInImage) > 0)
                .max(Comparator.comparingInt(layer -> layer.longestOf(pathInImage)))
                .orElseThrow(() -> new IllegalArgumentException(pathInImage));
    }

    private int longestOf(String pathInImage) {
        return paths().stream()
                .filter(path -> (pathInImage + "/").startsWith(path + "/"))
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }

    /** Files and directories, from the image's root. */
    List<String> paths() {
        return switch (this) {
            case ROOT -> List.of("/lib", "/lib64", "/usr", "/etc", "/var", "/tmp");
            case JAVA -> List.of(ImageTree.JAVA);
            case LIBRARIES -> List.of(ImageTree.LIBRARIES, ImageTree.NATIVE);
            case START -> List.of(ImageTree.ARCHIVES);
            case MODELS -> List.of(ImageTree.MODELS);
            case OWN -> List.of(ImageTree.OWN, ImageTree.CONFIGURATION);
        };
    }
}
