package io.flexir.ops.deploy.image;

import io.flexir.ops.deploy.tool.Tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Classes of Java and of the libraries, as the JVM maps them at a start, read, linked and ordered
 * beforehand. Our own are left out: the archive stays the same, byte for byte, as long as runtime
 * and libraries do, and so does its layer when only our code is new.
 */
final class ClassArchive {
    private static final String OWN_CLASSES = "io/flexir/";

    private ClassArchive() {}

    /**
     * @param loaded what a rehearsal loaded, as {@code -XX:DumpLoadedClassList} wrote it
     */
    static void write(ImageTree tree, Path loaded) throws IOException {
        Path archive = tree.at(ImageTree.ARCHIVE);
        Files.createDirectories(archive.getParent());
        Path list = Files.createTempFile("flexir-classes", ".lst");
        try {
            Files.write(
                    list,
                    Files.readAllLines(loaded).stream()
                            .filter(line -> !line.contains(OWN_CLASSES))
                            .toList());
            List<String> command = new ArrayList<>();
            command.add(tree.at(ImageTree.JAVA + "/bin/java").toString());
            command.addAll(
                    List.of(
                            "-Xshare:dump",
                            "-XX:+AOTClassLinking",
                            "-XX:SharedClassListFile=" + list,
                            "-XX:SharedArchiveFile=" + archive));
            command.addAll(
                    JavaArguments.options(
                            tree.at(ImageTree.NATIVE).toString(),
                            tree.at(ImageTree.LOGGING).toString()));
            command.add("-cp");
            command.add(
                    String.join(
                            ":",
                            JavaArguments.libraries(tree).stream()
                                    .map(path -> tree.at(path).toString())
                                    .toList()));
            Tool.run(tree.root(), command);
        } finally {
            Files.delete(list);
        }
    }
}
