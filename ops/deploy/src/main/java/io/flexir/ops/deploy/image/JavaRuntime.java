package io.flexir.ops.deploy.image;

import io.flexir.ops.deploy.tool.Tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The Java runtime of the JDK that builds, with the modules that the fleet needs and no more. */
final class JavaRuntime {
    /**
     * One runtime for all images, so that a machine that has several of them has it once. The two
     * of {@code jdk.security} are for Kafka's clients where brokers ask for Kerberos.
     */
    static final List<String> MODULES =
            List.of(
                    "java.desktop",
                    "java.instrument",
                    "java.logging",
                    "java.management",
                    "java.naming",
                    "java.net.http",
                    "java.rmi",
                    "java.scripting",
                    "java.security.jgss",
                    "java.security.sasl",
                    "java.sql",
                    "java.xml",
                    "jdk.crypto.ec",
                    "jdk.httpserver",
                    "jdk.jfr",
                    "jdk.management",
                    "jdk.net",
                    "jdk.security.auth",
                    "jdk.security.jgss",
                    "jdk.unsupported",
                    "jdk.zipfs");

    private JavaRuntime() {}

    static void write(ImageTree tree) throws IOException {
        Path home = tree.at(ImageTree.JAVA);
        Path parent = Files.createDirectories(tree.at("/opt"));
        Tool.run(
                parent,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "jlink").toString(),
                        "--add-modules",
                        String.join(",", MODULES),
                        "--no-header-files",
                        "--no-man-pages",
                        // Layers are compressed as a whole.
                        "--compress",
                        "zip-0",
                        "--output",
                        home.toString()));
        // Starting is served by an archive of our own.
        Files.deleteIfExists(home.resolve("lib/server/classes.jsa"));
        Files.deleteIfExists(home.resolve("lib/server/classes_nocoops.jsa"));
    }
}
