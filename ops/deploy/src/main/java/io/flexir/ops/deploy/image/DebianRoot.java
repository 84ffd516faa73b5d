package io.flexir.ops.deploy.image;

import io.flexir.ops.deploy.tool.CannotBuildException;
import io.flexir.ops.deploy.tool.Tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The root file system below Java: the shared libraries of a few Debian packages, and a user
 * without rights. No shell, no package manager. What each package is stands in {@code
 * /var/lib/dpkg/status.d}, where image scanners look for it.
 *
 * <p>Links are followed, because layers hold files only: a library is there once, under the name
 * that programs ask for it by.
 */
final class DebianRoot {
    static final int USER = 65532;

    private static final List<String> PACKAGES =
            List.of("base-files", "libc6", "libgcc-s1", "libstdc++6", "zlib1g");

    /** {@code libz.so.1}, and neither {@code libz.so.1.2.13} nor {@code libz.a}. */
    private static final Pattern ASKED_FOR = Pattern.compile(".+\\.so(\\.\\d+)?");

    private static final String DIRECTORY = "x86_64-linux-gnu";

    private DebianRoot() {}

    /**
     * @param work an empty directory for packages and what is in them
     * @throws CannotBuildException where there is no apt, or it has no network
     */
    static void write(ImageTree tree, Path work) throws IOException {
        List<String> download = new ArrayList<>(List.of("apt-get", "-q", "download"));
        download.addAll(PACKAGES);
        Tool.run(work, download);
        Path unpacked = Files.createDirectory(work.resolve("unpacked"));
        try (Stream<Path> found = Files.list(work)) {
            for (Path file : found.filter(each -> each.toString().endsWith(".deb")).toList()) {
                Tool.run(work, List.of("dpkg-deb", "-x", file.toString(), unpacked.toString()));
                String control = Tool.run(work, List.of("dpkg-deb", "-f", file.toString()));
                String name = file.getFileName().toString().split("_", 2)[0];
                put(tree.at("/var/lib/dpkg/status.d/" + name), control);
            }
        }
        copyLibraries(unpacked.resolve("lib/" + DIRECTORY), tree.at("/lib/" + DIRECTORY));
        copyLibraries(unpacked.resolve("usr/lib/" + DIRECTORY), tree.at("/usr/lib/" + DIRECTORY));
        copy(
                unpacked.resolve("lib/" + DIRECTORY + "/ld-linux-x86-64.so.2"),
                tree.at("/lib64/ld-linux-x86-64.so.2"));
        copy(unpacked.resolve("usr/lib/os-release"), tree.at("/etc/os-release"));
        for (String name : PACKAGES) {
            String licence = "usr/share/doc/" + name + "/copyright";
            if (Files.exists(unpacked.resolve(licence))) {
                copy(unpacked.resolve(licence), tree.at("/" + licence));
            }
        }
        users(tree);
    }

    private static void users(ImageTree tree) throws IOException {
        put(
                tree.at("/etc/passwd"),
                """
                root:x:0:0:root:/root:/sbin/nologin
                flexir:x:%d:%d:flexir:/tmp:/sbin/nologin
                """
                        .formatted(USER, USER));
        put(tree.at("/etc/group"), "root:x:0:\nflexir:x:" + USER + ":\n");
        put(tree.at("/etc/nsswitch.conf"), "hosts: files dns\n");
        Files.createDirectories(tree.at("/tmp"));
    }

    private static void copyLibraries(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (Stream<Path> found = Files.list(from)) {
            for (Path file : found.toList()) {
                String name = file.getFileName().toString();
                if (Files.isRegularFile(file) && ASKED_FOR.matcher(name).matches()) {
                    copy(file, to.resolve(name));
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to);
    }

    private static void put(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
