package io.flexir.ops.deploy.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The command line that a process in an image is started with. */
final class JavaArguments {
    private static final String JAR = ".jar";

    private JavaArguments() {}

    /** Options that hold at every start, in the image and in its rehearsal. */
    static List<String> options(String nativeLibraries, String logging) {
        return List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData",
                "-Donnxruntime.native.path=" + nativeLibraries,
                "-Dlogback.configurationFile=" + logging);
    }

    /** Paths in the image: libraries first, because the archive of classes is for them alone. */
    static List<String> classPath(ImageTree tree) throws IOException {
        List<String> paths = new ArrayList<>(libraries(tree));
        paths.addAll(jars(tree, ImageTree.OWN));
        return paths;
    }

    static List<String> libraries(ImageTree tree) throws IOException {
        return jars(tree, ImageTree.LIBRARIES);
    }

    private static List<String> jars(ImageTree tree, String directory) throws IOException {
        try (Stream<Path> found = Files.list(tree.at(directory))) {
            return found.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(JAR))
                    .sorted()
                    .map(name -> directory + "/" + name)
                    .toList();
        }
    }

    /** Writes the file that the image's entry point names. */
    static void write(ImageTree tree) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("-XX:SharedArchiveFile=" + ImageTree.ARCHIVE);
        // An archive that does not fit is no reason not to start, nor for words on standard output.
        lines.add("-Xlog:cds=off");
        lines.add("-Xlog:aot=off");
        lines.addAll(options(ImageTree.NATIVE, ImageTree.LOGGING));
        lines.add("-cp");
        lines.add(String.join(":", classPath(tree)));
        Files.createDirectories(tree.at(ImageTree.CONFIGURATION));
        Files.write(tree.at(ImageTree.ARGUMENTS), lines);
    }
}
